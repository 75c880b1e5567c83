/**
 * Time as the platform knows it: wall-clock timestamps, and waits that a pace shortens.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.clock;

import org.jspecify.annotations.NullMarked;

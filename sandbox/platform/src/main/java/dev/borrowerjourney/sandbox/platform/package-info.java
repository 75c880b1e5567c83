/**
 * Plays the lending platform and the partner's identity provider, so that a whole journey runs on one machine. Never ships.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform;

import org.jspecify.annotations.NullMarked;

/**
 * Decides, by a seed, what the faults that somebody asked for strike.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.fault;

import org.jspecify.annotations.NullMarked;

/**
 * The way of a journey from STARTED to DISBURSED: offers, steps, waits, and what follows disbursal.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.journey;

import org.jspecify.annotations.NullMarked;

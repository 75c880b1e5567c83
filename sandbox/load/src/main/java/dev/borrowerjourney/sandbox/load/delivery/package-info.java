/**
 * Makes webhook deliveries: distinct, of the platform's documented and assumed shapes, signed as the platform signs. The
 * same seed, number and time always give the same bytes, so a delivery can be kept as a number and a signature.
 */
@NullMarked
package dev.borrowerjourney.sandbox.load.delivery;

import org.jspecify.annotations.NullMarked;

/** Tests of the journeys shown. */
@NullMarked
package dev.borrowerjourney.session.journey;

import org.jspecify.annotations.NullMarked;

/** Tells who has a stream open, so that the journeys of those who look are asked about more often. */
@NullMarked
package dev.borrowerjourney.notifier.presence;

import org.jspecify.annotations.NullMarked;

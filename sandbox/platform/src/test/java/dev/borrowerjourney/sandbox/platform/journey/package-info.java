/** What can be said of journeys without a running platform. */
@NullMarked
package dev.borrowerjourney.sandbox.platform.journey;

import org.jspecify.annotations.NullMarked;

/** Stands in for the push services: what notifier-service sends arrives here, where it can be looked at, and goes no further. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.inbox;

import org.jspecify.annotations.NullMarked;

/**
 * Shows a borrower's devices the present state of the borrower's journeys, and each change as it happens. A connection is
 * keyed by its borrower and refuses what belongs to another; the version of a journey on a connection only grows.
 */
@NullMarked
package dev.borrowerjourney.notifier.stream;

import org.jspecify.annotations.NullMarked;

/** Tells a borrower's devices what comes next: the service's entrance and what all its features share. */
@NullMarked
package dev.borrowerjourney.notifier;

import org.jspecify.annotations.NullMarked;

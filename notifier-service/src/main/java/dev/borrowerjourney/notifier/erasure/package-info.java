/** Removes all that this service keeps of one borrower, at once and together. */
@NullMarked
package dev.borrowerjourney.notifier.erasure;

import org.jspecify.annotations.NullMarked;

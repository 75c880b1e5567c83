/** Keeps what a borrower wants to be told of, over which channel, and when not. */
@NullMarked
package dev.borrowerjourney.notifier.preference;

import org.jspecify.annotations.NullMarked;

/** Keeps what a borrower's devices have shown, so that nobody is told later of what was seen already. */
@NullMarked
package dev.borrowerjourney.notifier.acknowledgement;

import org.jspecify.annotations.NullMarked;

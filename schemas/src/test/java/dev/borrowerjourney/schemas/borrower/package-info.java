/** Borrower keys against an independent implementation. */
@NullMarked
package dev.borrowerjourney.schemas.borrower;

import org.jspecify.annotations.NullMarked;

/** The borrower key: one pseudonym per borrower and application, by which events stay in order. */
@NullMarked
package dev.borrowerjourney.schemas.borrower;

import org.jspecify.annotations.NullMarked;

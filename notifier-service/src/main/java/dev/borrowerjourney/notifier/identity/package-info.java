/**
 * Says which borrower a request speaks for. What leaves this package is a pseudonym: the borrower's external id is read
 * from the partner's token and goes no further.
 */
@NullMarked
package dev.borrowerjourney.notifier.identity;

import org.jspecify.annotations.NullMarked;

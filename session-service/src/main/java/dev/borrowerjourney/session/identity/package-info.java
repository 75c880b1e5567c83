/**
 * Who is calling. The partner's identity provider vouches for the borrower by a signed token; an id that is itself
 * personal data is refused, because it would spread into every place that the pseudonym is meant to protect.
 */
@NullMarked
package dev.borrowerjourney.session.identity;

import org.jspecify.annotations.NullMarked;

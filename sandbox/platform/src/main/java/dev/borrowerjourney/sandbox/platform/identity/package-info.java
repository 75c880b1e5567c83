/**
 * The partner's identity provider: short-lived tokens that name a borrower, and the keys to check them.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.identity;

import org.jspecify.annotations.NullMarked;

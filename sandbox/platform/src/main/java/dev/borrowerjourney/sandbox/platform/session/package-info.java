/**
 * Session and refresh tokens, and the borrower's profile.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.session;

import org.jspecify.annotations.NullMarked;

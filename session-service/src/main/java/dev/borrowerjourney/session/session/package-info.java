/**
 * Borrower sessions. The app holds a token of ours; the platform's tokens stay here, sealed, one set per borrower and
 * application, and are renewed under it by at most one caller at a time.
 */
@NullMarked
package dev.borrowerjourney.session.session;

import org.jspecify.annotations.NullMarked;

/** Tests of borrower sessions. */
@NullMarked
package dev.borrowerjourney.session.session;

import org.jspecify.annotations.NullMarked;

/** Tests of who is calling. */
@NullMarked
package dev.borrowerjourney.session.identity;

import org.jspecify.annotations.NullMarked;

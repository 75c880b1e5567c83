/** Tests of how often may be called. */
@NullMarked
package dev.borrowerjourney.session.limit;

import org.jspecify.annotations.NullMarked;

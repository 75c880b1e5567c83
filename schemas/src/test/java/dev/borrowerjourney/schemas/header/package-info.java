/** Ids against an independent implementation. */
@NullMarked
package dev.borrowerjourney.schemas.header;

import org.jspecify.annotations.NullMarked;

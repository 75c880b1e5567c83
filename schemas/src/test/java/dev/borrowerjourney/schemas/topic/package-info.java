/** The catalogue and every schema in it, field by field. */
@NullMarked
package dev.borrowerjourney.schemas.topic;

import org.jspecify.annotations.NullMarked;

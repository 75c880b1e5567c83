/**
 * How a journey's state is written down: one canonical encoding that the law hashes, that the database keeps, and that
 * readers of the views see.
 */
@NullMarked
package dev.borrowerjourney.projector.state;

import org.jspecify.annotations.NullMarked;

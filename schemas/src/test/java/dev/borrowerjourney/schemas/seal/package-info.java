/** What the seal keeps, and what it refuses. */
@NullMarked
package dev.borrowerjourney.schemas.seal;

import org.jspecify.annotations.NullMarked;

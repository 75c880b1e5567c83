@NullMarked
package dev.borrowerjourney.schemas.serde;

import org.jspecify.annotations.NullMarked;

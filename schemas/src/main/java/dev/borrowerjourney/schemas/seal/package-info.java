/** The sealed envelope: what is personal in a delivery, unreadable without a keyset and gone with its key. */
@NullMarked
package dev.borrowerjourney.schemas.seal;

import org.jspecify.annotations.NullMarked;

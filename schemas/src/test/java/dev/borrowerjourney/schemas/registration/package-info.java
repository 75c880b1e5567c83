/** The registration command against a real registry. */
@NullMarked
package dev.borrowerjourney.schemas.registration;

import org.jspecify.annotations.NullMarked;

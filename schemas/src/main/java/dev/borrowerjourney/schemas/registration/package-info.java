/** Registers the contract with a schema registry. Nothing else ever does. */
@NullMarked
package dev.borrowerjourney.schemas.registration;

import org.jspecify.annotations.NullMarked;

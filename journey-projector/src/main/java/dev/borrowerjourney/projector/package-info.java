/** The read model that knows every journey, by the merge law: exactly once into the database, published behind a fence. */
@NullMarked
package dev.borrowerjourney.projector;

import org.jspecify.annotations.NullMarked;

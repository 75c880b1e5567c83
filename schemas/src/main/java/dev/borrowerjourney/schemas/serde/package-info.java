/** Confluent's serializer and deserializer, set up as every service and reader of the contract needs them. */
@NullMarked
package dev.borrowerjourney.schemas.serde;

import org.jspecify.annotations.NullMarked;

/** A real broker and a real registry for the tests of every module that speaks Kafka. */
@NullMarked
package dev.borrowerjourney.schemas.testing;

import org.jspecify.annotations.NullMarked;

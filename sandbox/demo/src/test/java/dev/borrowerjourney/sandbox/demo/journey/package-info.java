/** The product from end to end: everything started as {@code sandbox/run} does, used from outside. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.journey;

import org.jspecify.annotations.NullMarked;

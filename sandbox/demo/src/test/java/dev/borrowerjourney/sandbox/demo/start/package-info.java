/** The order of starting, with tasks alone. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.start;

import org.jspecify.annotations.NullMarked;

/** What is started after what: everything that can start together does, and the first failure stops the rest. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.start;

import org.jspecify.annotations.NullMarked;

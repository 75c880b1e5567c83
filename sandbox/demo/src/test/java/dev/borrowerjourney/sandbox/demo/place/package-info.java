/** Ports and files without any process. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.place;

import org.jspecify.annotations.NullMarked;

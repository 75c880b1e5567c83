/** The parts of the demo: how each process is set up and started, and what is done between them. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.component;

import org.jspecify.annotations.NullMarked;

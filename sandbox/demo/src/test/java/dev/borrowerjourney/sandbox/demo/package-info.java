/** The command as a person uses it: as a process, with signals, and with everything that can be in its way. */
@NullMarked
package dev.borrowerjourney.sandbox.demo;

import org.jspecify.annotations.NullMarked;

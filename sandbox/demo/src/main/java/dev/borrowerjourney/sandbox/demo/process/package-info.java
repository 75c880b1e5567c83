/**
 * Processes and nothing about what they are: started in sessions of their own, written down before anything else happens,
 * ended in the reverse of the order that they need one another in. No process outlives the launcher, or its next start.
 */
@NullMarked
package dev.borrowerjourney.sandbox.demo.process;

import org.jspecify.annotations.NullMarked;

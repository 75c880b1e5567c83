/**
 * Fault drills: break a part of the running product under load, and prove that what was promised still holds. Each runs the
 * packaged jars as processes; whether something was lost is for the one verifier to say.
 */
@NullMarked
package dev.borrowerjourney.sandbox.demo.drill;

import org.jspecify.annotations.NullMarked;

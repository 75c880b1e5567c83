/** The verifier against planted faults: one that finds nothing wrong must be able to. */
@NullMarked
package dev.borrowerjourney.sandbox.load.verification;

import org.jspecify.annotations.NullMarked;

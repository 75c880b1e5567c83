/**
 * Benches: start what is measured as processes with the options of production, let {@code sandbox/load} put load on it,
 * compare with a limit in the same run, and believe no figure before the verifier has found every acknowledged id.
 */
@NullMarked
package dev.borrowerjourney.sandbox.demo.bench;

import org.jspecify.annotations.NullMarked;

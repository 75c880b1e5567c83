/**
 * The one verifier: holds what was acknowledged against what is in a topic, id by id. Every claim that nothing was lost
 * rests on it.
 */
@NullMarked
package dev.borrowerjourney.sandbox.load.verification;

import org.jspecify.annotations.NullMarked;

/** Every error answer is an RFC 9457 problem that tells the caller what to do, and nothing of our insides. */
@NullMarked
package dev.borrowerjourney.defaults.problem;

import org.jspecify.annotations.NullMarked;

/**
 * Spoils calls of the platform's API: late, refused, cut off or lost after they were done.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.answer;

import org.jspecify.annotations.NullMarked;

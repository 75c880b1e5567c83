/**
 * Makes the journeys from the log once more, beside live traffic, shows where what is served differs, and writes the
 * differences as ordinary changes that can be taken back. History is never rewritten, and no version falls.
 */
@NullMarked
package dev.borrowerjourney.projector.rebuild;

import org.jspecify.annotations.NullMarked;

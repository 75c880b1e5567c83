/**
 * What operators do with records that were given up: look at them without seeing anything personal, send them through the
 * log once more, or give them up for good; and how long they are kept.
 */
@NullMarked
package dev.borrowerjourney.projector.deadletter;

import org.jspecify.annotations.NullMarked;

/** Keeps the timeline in months, makes new ones ahead and lets old ones go. */
@NullMarked
package dev.borrowerjourney.projector.history;

import org.jspecify.annotations.NullMarked;

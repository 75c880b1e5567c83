/** The problems that this service answers with, beside those of every service. */
@NullMarked
package dev.borrowerjourney.notifier.problem;

import org.jspecify.annotations.NullMarked;

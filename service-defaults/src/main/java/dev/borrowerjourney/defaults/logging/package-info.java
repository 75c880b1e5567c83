/** The last net below all other care: what looks secret or personal leaves no log line. */
@NullMarked
package dev.borrowerjourney.defaults.logging;

import org.jspecify.annotations.NullMarked;

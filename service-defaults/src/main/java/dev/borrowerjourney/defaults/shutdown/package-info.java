/** A service that is asked to end answers what it has accepted, and nothing else. */
@NullMarked
package dev.borrowerjourney.defaults.shutdown;

import org.jspecify.annotations.NullMarked;

/** Readiness that names what is missing. */
@NullMarked
package dev.borrowerjourney.defaults.health;

import org.jspecify.annotations.NullMarked;

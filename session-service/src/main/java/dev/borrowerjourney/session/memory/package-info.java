/** What an instance remembers, within bounds. */
@NullMarked
package dev.borrowerjourney.session.memory;

import org.jspecify.annotations.NullMarked;

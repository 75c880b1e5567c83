/** What a stranger may try against the port that is open to the internet. */
@NullMarked
package dev.borrowerjourney.session.attack;

import org.jspecify.annotations.NullMarked;

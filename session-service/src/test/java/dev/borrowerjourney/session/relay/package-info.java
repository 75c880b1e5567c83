/** Tests of the relay. */
@NullMarked
package dev.borrowerjourney.session.relay;

import org.jspecify.annotations.NullMarked;

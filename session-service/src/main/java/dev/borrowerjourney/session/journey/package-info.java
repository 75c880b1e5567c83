/** The borrower's journeys from the read model; what is shown is what the platform was last seen to say, and how fresh it is. */
@NullMarked
package dev.borrowerjourney.session.journey;

import org.jspecify.annotations.NullMarked;

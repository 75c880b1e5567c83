/** Keeps the API key, brokers borrower sessions, relays borrower calls to the platform and shows the read model. */
@NullMarked
package dev.borrowerjourney.session;

import org.jspecify.annotations.NullMarked;

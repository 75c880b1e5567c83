package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.testing.DirectCustody;

/** The same with the platform's tokens in the app's hands. */
@DirectCustody
class DirectRelayIT extends RelayIT {}

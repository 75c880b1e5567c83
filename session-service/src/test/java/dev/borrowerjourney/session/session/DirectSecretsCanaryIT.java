package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.testing.DirectCustody;

/** The same with the platform's tokens in the app's hands. */
@DirectCustody
class DirectSecretsCanaryIT extends SecretsCanaryIT {}

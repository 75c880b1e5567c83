package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.testing.DirectCustody;
import org.springframework.beans.factory.annotation.Autowired;

/** The same with the platform's tokens in the app's hands. */
@DirectCustody
class DirectLifetimesIT extends LifetimesIT {

    @Autowired
    DirectLifetimesIT(EndedSessionsJob job) {
        super(job);
    }
}

package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.database.DatabaseTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps what is remembered of sessions in use young. */
class ConfirmationJob {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationJob.class);

    private final LiveSessions sessions;

    ConfirmationJob(LiveSessions sessions) {
        this.sessions = sessions;
    }

    @Scheduled(fixedDelayString = "PT0.5S")
    void confirm() {
        try {
            sessions.confirmInUse();
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.is(e)) {
                throw e;
            }
            // The heartbeat tells; calls ask for themselves meanwhile.
            LOG.debug("Not confirmed", e);
        }
    }
}

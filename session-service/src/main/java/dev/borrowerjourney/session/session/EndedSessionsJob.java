package dev.borrowerjourney.session.session;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Removes what has ended and what idempotency no longer promises, and erases the platform's tokens of borrowers who have no
 * session left.
 */
class EndedSessionsJob {

    private static final Logger LOG = LoggerFactory.getLogger(EndedSessionsJob.class);

    /** A session about to be created has no row yet, and must keep its platform session. */
    private static final Duration UNTOUCHED = Duration.ofMinutes(1);

    private final PostgresSessions sessions;
    private final PostgresPlatformSessions platformSessions;
    private final PostgresIdempotency idempotency;

    EndedSessionsJob(
            PostgresSessions sessions, PostgresPlatformSessions platformSessions, PostgresIdempotency idempotency) {
        this.sessions = sessions;
        this.platformSessions = platformSessions;
        this.idempotency = idempotency;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void cleanUp() {
        cleanUp(UNTOUCHED);
    }

    void cleanUp(Duration untouched) {
        var ended = sessions.deleteEnded();
        var orphans = platformSessions.deleteOrphans(untouched);
        var keys = idempotency.deleteOld();
        if (ended + orphans + keys > 0) {
            LOG.info(
                    "Removed {} ended sessions, {} platform sessions without any and {} idempotency keys",
                    ended,
                    orphans,
                    keys);
        }
    }
}

package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.database.DatabaseTrouble;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
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

    private static final int AT_ONCE = 1_000;

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
        try {
            cleanUp(UNTOUCHED);
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.is(e)) {
                throw e;
            }
            // The heartbeat tells; the next round goes on from here.
            LOG.debug("Not cleaned up", e);
        }
    }

    void cleanUp(Duration untouched) {
        inParts(sessions::deleteReplaced);
        var ended = inParts(sessions::deleteEnded);
        var orphans = inParts(most -> platformSessions.deleteOrphans(untouched, most));
        var keys = inParts(idempotency::deleteOld);
        if (ended + orphans + keys > 0) {
            LOG.info(
                    "Removed {} ended sessions, {} platform sessions without any and {} idempotency keys",
                    ended,
                    orphans,
                    keys);
        }
    }

    /** No statement takes longer than it may, however much has gathered. */
    private static int inParts(IntUnaryOperator removal) {
        int all = 0;
        int removed;
        do {
            removed = removal.applyAsInt(AT_ONCE);
            all += removed;
        } while (removed == AT_ONCE);
        return all;
    }
}

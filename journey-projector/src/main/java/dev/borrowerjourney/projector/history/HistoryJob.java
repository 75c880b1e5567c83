package dev.borrowerjourney.projector.history;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Makes months before they are needed, and drops what is over its retention; every instance may try. */
final class HistoryJob {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryJob.class);
    private static final int AHEAD = 2;

    /** Twice as long as the log keeps a record, which may tell the same contradiction again. */
    private static final Duration CAUSES = Duration.ofDays(60);

    private final PostgresHistory history;
    private final Duration retention;
    private final Clock clock;

    HistoryJob(PostgresHistory history, Duration retention, Clock clock) {
        this.history = history;
        this.retention = retention;
        this.clock = clock;
    }

    /** What fails waits for the next time: without its month a change stands among the others, and is read from there. */
    @Scheduled(fixedDelayString = "PT1H")
    void run() {
        try {
            make();
            drop();
        } catch (DataAccessException e) {
            LOG.warn("The months of the timeline are looked after in an hour: {}", e.getMessage());
        }
    }

    private void make() {
        var now = YearMonth.now(clock);
        var oldest = oldest();
        var wanted = new TreeSet<>(history.monthsAmongOthers());
        wanted.removeIf(month -> month.isBefore(oldest) || month.isAfter(now.plusMonths(AHEAD)));
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            wanted.add(now.plusMonths(ahead));
        }
        wanted.removeAll(history.months());
        for (var month : wanted) {
            if (history.make(month)) {
                LOG.info("The timeline has got month {}.", month);
            }
        }
    }

    private void drop() {
        var oldest = oldest();
        for (var month : history.months()) {
            if (month.isBefore(oldest) && history.drop(month)) {
                LOG.info("Month {} of the timeline is over its retention and gone.", month);
            }
        }
        history.dropOthersBefore(clock.instant().minus(retention));
        history.dropCausesBefore(clock.instant().minus(CAUSES));
    }

    private YearMonth oldest() {
        return YearMonth.from(clock.instant().minus(retention).atOffset(ZoneOffset.UTC));
    }
}

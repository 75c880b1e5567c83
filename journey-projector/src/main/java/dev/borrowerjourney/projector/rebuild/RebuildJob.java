package dev.borrowerjourney.projector.rebuild;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Removes what was kept of runs for long enough. */
final class RebuildJob {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildJob.class);

    private final PostgresRuns runs;
    private final RebuildProperties settings;

    RebuildJob(PostgresRuns runs, RebuildProperties settings) {
        this.runs = runs;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void prune() {
        try {
            int removed = runs.prune(settings.keptRetention());
            if (removed > 0) {
                LOG.info("What was kept of {} runs of a rebuild is removed.", removed);
            }
        } catch (DataAccessException e) {
            LOG.warn(
                    "Old runs of a rebuild could not be removed: {}",
                    e.getClass().getSimpleName());
        }
    }
}

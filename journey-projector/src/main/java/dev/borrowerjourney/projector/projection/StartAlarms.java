package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.projection.ProjectionMetrics.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where a partition has begun, and raises the alarm if that is not where it was left. */
record StartAlarms(String source, ProjectionMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(StartAlarms.class);

    void tell(StartPosition answer) {
        switch (answer) {
            case StartPosition.FirstStart(long offset) ->
                LOG.info("{} begins at {} for the first time.", source, offset);
            case StartPosition.Resume(long offset, long _) -> LOG.info("{} goes on at {}.", source, offset);
            case StartPosition.NewTopic(long offset) ->
                alarm(Alarm.NEW_TOPIC, "the topic was made anew; it is read from " + offset);
            case StartPosition.Replay(long offset, long cursor) ->
                alarm(
                        Alarm.REPLAY,
                        "published up to " + cursor + ", but the database is at " + (offset - 1)
                                + "; what it lost is applied again");
            case StartPosition.Gap(long offset, long missing) ->
                alarm(
                        Alarm.GAP,
                        "records from " + missing + " to " + (offset - 1) + " are gone and were never applied");
            case StartPosition.Truncation(long offset, long end) ->
                alarm(
                        Alarm.TRUNCATION,
                        "the log ends at " + end + " before what was applied; it is read from " + offset);
            case StartPosition.Undecided(var message) -> alarm(Alarm.UNDECIDED, message);
        }
    }

    private void alarm(Alarm kind, String message) {
        metrics.alarm(kind);
        LOG.error("{} {}: {}", source, kind, message);
    }
}

package dev.borrowerjourney.projector.projection;

/** What waits in a partition and since when, told as metrics; also while the partition is paused. */
final class Backlog {

    private final Owned.Holding holding;
    private final ProjectionMetrics metrics;
    private long records;

    /** Since when what waits may be waiting: no record that does is older. */
    private long waitingSince = System.currentTimeMillis();

    /** When a record was applied last, or nothing waited. */
    private long movedAt = waitingSince;

    Backlog(Owned.Holding holding, ProjectionMetrics metrics) {
        this.holding = holding;
        this.metrics = metrics;
    }

    /** @param recordMillis the time of the last record that was applied */
    void applied(long recordMillis) {
        waitingSince = recordMillis;
        movedAt = System.currentTimeMillis();
    }

    void measured(long waiting) {
        records = waiting;
        if (isEmpty()) {
            waitingSince = System.currentTimeMillis();
            movedAt = waitingSince;
        }
        metrics.lag(holding, Math.max(0, records), waitingSince, movedAt);
    }

    boolean isEmpty() {
        return records <= 0;
    }

    void end() {
        metrics.forget(holding);
    }
}

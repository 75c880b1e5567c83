package dev.borrowerjourney.sandbox.demo.bench;

import java.time.Duration;

/**
 * How long and how often the bench of the receiver measures.
 *
 * @param rounds runs of ours and of the limit, in turn; and as many open-loop runs
 * @param warmDeliveries before anything is measured at all
 * @param warmUp of a run of ours
 * @param limitWarmUp of a run of the limit, which needs less and fills the disk sooner
 * @param measured of a run of ours, and of the limit
 */
record IngestPlan(int rounds, long warmDeliveries, Duration warmUp, Duration limitWarmUp, Duration measured) {

    static IngestPlan of(boolean quick) {
        return quick
                ? new IngestPlan(1, 60_000, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(10))
                : new IngestPlan(3, 150_000, Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    Duration whole() {
        return warmUp.plus(measured);
    }
}

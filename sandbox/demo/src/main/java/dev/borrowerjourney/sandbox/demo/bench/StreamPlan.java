package dev.borrowerjourney.sandbox.demo.bench;

import java.time.Duration;

/**
 * How much the bench of the stream measures.
 *
 * @param borrowers each with one open stream
 * @param perSecond changes of all borrowers together
 * @param rounds runs of ours and of the limit, in turn
 * @param warmUp before the first run of ours, with a tenth of the streams
 * @param settling before each run, under the same load and not counted
 * @param measured how long a run lasts
 */
record StreamPlan(int borrowers, double perSecond, int rounds, Duration warmUp, Duration settling, Duration measured) {

    static StreamPlan of(boolean quick) {
        return quick
                ? new StreamPlan(2_000, 1_000, 1, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(5))
                : new StreamPlan(
                        10_000, 4_000, 3, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    int fewBorrowers() {
        return borrowers / 10;
    }

    int changes(Duration time) {
        return (int) (perSecond * time.toMillis() / 1_000);
    }
}

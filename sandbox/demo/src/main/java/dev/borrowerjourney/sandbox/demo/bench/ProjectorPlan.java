package dev.borrowerjourney.sandbox.demo.bench;

import java.time.Duration;

/**
 * How much the bench of the projector measures.
 *
 * @param rounds runs of ours and of the limit, in turn, each with journeys of its own
 * @param journeys of a run
 * @param snapshots of each journey
 * @param perSecond of the open loop
 * @param open how long the open loop lasts
 * @param rebuilt snapshots of which the journeys are made once more, at least: all that the log holds
 */
record ProjectorPlan(int rounds, int journeys, int snapshots, int perSecond, Duration open, int rebuilt) {

    static ProjectorPlan of(boolean quick) {
        return quick
                ? new ProjectorPlan(1, 2_000, 20, 500, Duration.ofSeconds(5), 0)
                : new ProjectorPlan(3, 10_000, 20, 2_000, Duration.ofSeconds(20), 1_000_000);
    }
}

package dev.borrowerjourney.sandbox.demo.bench;

import java.time.Duration;

/**
 * How much the bench of the relay measures.
 *
 * @param sessions live ones, which the requests take in turn
 * @param rounds runs of ours and of the limit, in turn
 * @param warmUpRequests relayed before the first run, at least
 * @param measured how long a closed run lasts
 * @param open how long an open loop lasts, of which there is one each for ours, the limit and the upstream itself
 * @param creations sessions made for their latency, and as many straight at the platform
 */
record RelayPlan(int sessions, int rounds, long warmUpRequests, Duration measured, Duration open, int creations) {

    static RelayPlan of(boolean quick) {
        return quick
                ? new RelayPlan(500, 1, 40_000, Duration.ofSeconds(5), Duration.ofSeconds(5), 50)
                : new RelayPlan(10_000, 3, 3_000_000, Duration.ofSeconds(20), Duration.ofSeconds(20), 500);
    }
}

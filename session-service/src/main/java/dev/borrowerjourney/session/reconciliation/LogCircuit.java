package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.time.InstantSource;

/** While the log does not take observations, asking for them would be for nothing: then only one look now and then tries. */
final class LogCircuit {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final InstantSource clock;
    private long retryAtMillis;
    private Duration pause = Duration.ZERO;

    LogCircuit(InstantSource clock) {
        this.clock = clock;
    }

    /** How many looks are worth making now, of so many. */
    synchronized int allowed(int wanted) {
        if (pause.isZero()) {
            return wanted;
        }
        return clock.millis() < retryAtMillis ? 0 : Math.min(wanted, 1);
    }

    /** The log did not take an observation. */
    synchronized void opened() {
        if (clock.millis() < retryAtMillis) {
            return;
        }
        pause = pause.isZero() ? SHORTEST : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        retryAtMillis = clock.millis() + pause.toMillis();
    }

    /** The log took one. */
    synchronized void closed() {
        pause = Duration.ZERO;
    }
}

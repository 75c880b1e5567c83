package dev.borrowerjourney.session.subscription;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How long to wait until the next look: about the interval, after failures at first much less, never less than the
 * platform asks for, and never the same for two instances.
 */
final class Pace {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** A header that asks for more is a mistake or an outage, and neither should end the upkeep for a day. */
    private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 20;

    private final Duration interval;
    private final RandomGenerator random;
    private int failures;

    Pace(Duration interval, RandomGenerator random) {
        this.interval = interval;
        this.random = random;
    }

    Duration after(Finding finding) {
        if (finding.failure() == null) {
            failures = 0;
            return between(interval, 0.8, 1.2);
        }
        var backoff = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        var pause = between(shorter(backoff, interval), 0.5, 1.0);
        var asked = shorter(Objects.requireNonNullElse(finding.retryAfter(), Duration.ZERO), LONGEST_REQUEST);
        return pause.compareTo(asked) >= 0 ? pause : between(asked, 1.0, 1.2);
    }

    private Duration between(Duration whole, double least, double most) {
        return Duration.ofMillis(Math.round(whole.toMillis() * random.nextDouble(least, most)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

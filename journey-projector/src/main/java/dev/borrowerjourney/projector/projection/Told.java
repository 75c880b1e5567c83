package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.time.Instant;

/** What was logged last, so that trouble that lasts is told once and then once a minute. */
final class Told {

    private static final Duration REMINDER = Duration.ofMinutes(1);

    private String message = "";
    private Instant at = Instant.EPOCH;

    boolean isNews(String other) {
        return !other.equals(message);
    }

    boolean isLongAgo() {
        return Duration.between(at, Instant.now()).compareTo(REMINDER) > 0;
    }

    void now(String told) {
        message = told;
        at = Instant.now();
    }

    void forget() {
        message = "";
    }
}

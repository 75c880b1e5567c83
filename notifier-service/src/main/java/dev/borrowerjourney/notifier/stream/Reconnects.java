package dev.borrowerjourney.notifier.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Draws how long clients wait before they connect again, so that they do not all come at once. */
record Reconnects(Duration min, Duration max, RandomGenerator random) {

    /** For a client that loses its connection without a word. */
    Duration afterLoss() {
        return between(min, max);
    }

    Duration after(CloseReason reason) {
        return switch (reason) {
            // Only this device comes back: there is no crowd to spread.
            case TOKEN_EXPIRED -> between(Duration.ZERO, min);
            case DRAINING -> between(min, max);
            case SLOW -> between(max, max.multipliedBy(2));
        };
    }

    /** For a client that was not let in. */
    Duration after(Opening.Reason reason) {
        return switch (reason) {
            // There is room only once somebody else has gone.
            case LIMIT -> between(max, max.multipliedBy(2));
            case DRAINING -> between(min, max);
        };
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }
}

package dev.borrowerjourney.notifier.notification;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait after a call that failed: twice as long each time, and drawn from the upper half of that. */
final class Backoff {

    private final Duration least;
    private final Duration most;
    private final RandomGenerator random;

    Backoff(Duration least, Duration most, RandomGenerator random) {
        this.least = least;
        this.most = most;
        this.random = random;
    }

    /**
     * @param attempt the one that failed, from 1
     * @param asked what the push service asked for, which is kept at the least; null for nothing
     */
    Duration after(int attempt, @Nullable Duration asked) {
        long longest = Math.min(most.toMillis(), shifted(least.toMillis(), attempt - 1));
        long pause = longest / 2 + random.nextLong(longest / 2 + 1);
        return Duration.ofMillis(asked == null ? pause : Math.max(pause, asked.toMillis() + random.nextLong(1_000)));
    }

    private static long shifted(long millis, int by) {
        return by >= Long.numberOfLeadingZeros(millis) - 1 ? Long.MAX_VALUE : millis << by;
    }
}

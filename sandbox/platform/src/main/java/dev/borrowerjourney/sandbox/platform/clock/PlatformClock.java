package dev.borrowerjourney.sandbox.platform.clock;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tells the time and shortens waits. Timestamps are always the wall clock, because who reads them compares them with
 * its own clock; the pace divides what has still to be waited for from now on, and leaves running waits alone.
 */
@Component
public class PlatformClock {

    private final Clock clock;
    private volatile double pace;

    @Autowired
    PlatformClock(SandboxPlatformProperties properties) {
        this(Clock.systemUTC(), properties.pace());
    }

    public PlatformClock(Clock clock, double pace) {
        this.clock = clock;
        this.pace = pace;
    }

    /** Now, in milliseconds, as the platform writes every timestamp. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    public Instant in(Duration wait) {
        return now().plus(paced(wait));
    }

    /** How long a wait takes at the present pace. */
    public Duration paced(Duration wait) {
        return Duration.ofNanos((long) (wait.toNanos() / pace));
    }

    public double pace() {
        return pace;
    }

    public void setPace(double pace) {
        if (!(pace > 0 && pace <= 10_000)) {
            throw new IllegalArgumentException("pace: " + pace + " (expected: above 0, at most 10000)");
        }
        this.pace = pace;
    }
}

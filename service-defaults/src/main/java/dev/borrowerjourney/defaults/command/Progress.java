package dev.borrowerjourney.defaults.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells on standard error how far something is that takes longer than two seconds. */
public final class Progress {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String what;
    private final PrintStream err;
    private final InstantSource clock;
    private final Instant begun;
    private Instant told;

    public Progress(String what) {
        this(what, System.err, InstantSource.system());
    }

    Progress(String what, PrintStream err, InstantSource clock) {
        this.what = what;
        this.err = err;
        this.clock = clock;
        this.begun = clock.instant();
        this.told = begun;
    }

    /** May be called as often as one likes; prints a line every two seconds. */
    public void at(long done, long total) {
        var now = clock.instant();
        if (total <= 0 || Duration.between(told, now).compareTo(PATIENCE) < 0) {
            return;
        }
        told = now;
        var left = done == 0 ? "" : ", about " + left(done, total, now) + " s left";
        err.println(what + ": " + 100 * done / total + " % (" + done + " of " + total + ")" + left);
    }

    private long left(long done, long total, Instant now) {
        return (long) Math.ceil(Duration.between(begun, now).toMillis() / 1000.0 * (total - done) / done);
    }
}

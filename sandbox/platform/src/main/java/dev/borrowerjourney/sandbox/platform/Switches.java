package dev.borrowerjourney.sandbox.platform;

import org.springframework.stereotype.Component;

/** What tests and drills turn while the platform runs. Every start begins with the defaults. */
@Component
public class Switches {

    private volatile State current = State.DEFAULT;

    public State current() {
        return current;
    }

    public void set(State changed) {
        current = changed;
    }

    /**
     * The switches.
     *
     * @param webhooks false: what changes meanwhile, and what waits for a retry meanwhile, is never sent
     * @param duplicates how likely a snapshot is sent a second time right after its first success
     * @param reorder first attempts overtake one another within the reorder window
     * @param delayMillis how long each first attempt waits after the change
     * @param endOlderSession a new login ends the borrower's earlier sessions
     * @param rebuildOnRetry a retry carries the newest state under the same event id
     * @param signOnRetry a retry has a new timestamp and signature
     */
    public record State(
            boolean webhooks,
            double duplicates,
            boolean reorder,
            long delayMillis,
            boolean endOlderSession,
            boolean rebuildOnRetry,
            boolean signOnRetry) {

        public static final State DEFAULT = new State(true, 0, false, 0, false, false, true);

        public State {
            if (!(duplicates >= 0 && duplicates <= 1)) {
                throw new IllegalArgumentException("duplicates: " + duplicates + " (expected: 0 to 1)");
            }
            if (delayMillis < 0 || delayMillis > 3_600_000) {
                throw new IllegalArgumentException("delayMillis: " + delayMillis + " (expected: 0 to 3600000)");
            }
        }
    }
}

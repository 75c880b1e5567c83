package dev.borrowerjourney.sandbox.load.run;

import java.time.Duration;

/**
 * How deliveries are sent.
 *
 * @param connections how many, each with one request in flight at most
 * @param answerWithin after which a request counts as unanswered and its connection is given up
 * @param retrying whether what was not answered, or with 429 or 503, is sent again, the same bytes, until it gets another
 *     answer: an unanswered delivery may or may not have been taken
 * @param mostWaiting as many retries may wait; with more of them no new delivery is begun
 */
public record LoadSettings(int connections, Duration answerWithin, boolean retrying, int mostWaiting) {

    private static final Duration PLATFORM_PATIENCE = Duration.ofSeconds(10);

    public LoadSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: at least 1)");
        }
    }

    /** Each delivery once, as long as the platform waits for an answer. */
    public static LoadSettings once(int connections) {
        return new LoadSettings(connections, PLATFORM_PATIENCE, false, 0);
    }

    /** Each delivery until it is answered for good. */
    public static LoadSettings retrying(int connections) {
        return new LoadSettings(connections, PLATFORM_PATIENCE, true, 100_000);
    }
}

package dev.borrowerjourney.session.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often one instance may be called by borrowers with a partner token. The relay has limits of its own.
 *
 * @param callsPerSecond of all borrowers together, on average
 * @param burst of all borrowers together, after a pause
 * @param borrowerCallsPerSecond of one borrower, on average
 * @param borrowerBurst of one borrower, after a pause
 */
@ConfigurationProperties(prefix = "session.limits", ignoreUnknownFields = false)
record LimitProperties(
        @DefaultValue("1000") int callsPerSecond,
        @DefaultValue("5000") int burst,
        @DefaultValue("10") int borrowerCallsPerSecond,
        @DefaultValue("200") int borrowerBurst) {

    private static final int MOST = 1_000_000;

    LimitProperties {
        check("calls-per-second", callsPerSecond);
        check("burst", burst);
        check("borrower-calls-per-second", borrowerCallsPerSecond);
        check("borrower-burst", borrowerBurst);
    }

    private static void check(String setting, int found) {
        if (found <= 0 || found > MOST) {
            throw new IllegalArgumentException(
                    "session.limits." + setting + ": " + found + " (expected: 1 to " + MOST + ")");
        }
    }

    Rate ofAll() {
        return new Rate(callsPerSecond, burst);
    }

    Rate ofBorrower() {
        return new Rate(borrowerCallsPerSecond, borrowerBurst);
    }
}

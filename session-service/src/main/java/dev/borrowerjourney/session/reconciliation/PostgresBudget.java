package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The calls that all instances together may make for an application: so many a second, none while the platform asks for
 * patience or fails again and again.
 */
class PostgresBudget {

    private static final int FAILURES_BEFORE_PAUSE = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A header that asks for more is a mistake or an outage, and neither should end polling for an hour. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final double requestsPerSecond;

    PostgresBudget(JdbcClient jdbc, TransactionOperations transaction, double requestsPerSecond) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requestsPerSecond = requestsPerSecond;
    }

    /** Takes at most so many calls, and returns how many it got. */
    int take(UUID applicationId, int wanted) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            int granted = Math.min(wanted, (int) available(applicationId));
            if (granted > 0) {
                change(applicationId, -granted);
            }
            return granted;
        }));
    }

    /** Gives calls back that were not made. */
    void giveBack(UUID applicationId, int unused) {
        change(applicationId, unused);
    }

    void succeeded(UUID applicationId) {
        jdbc.sql("UPDATE reconciliation_budget SET failures = 0 WHERE application_id = :application AND failures > 0")
                .param("application", applicationId)
                .update();
    }

    /**
     * Notes that the platform failed.
     *
     * @param retryAfter how long it asks to be left alone, or null
     */
    void failed(UUID applicationId, @Nullable Duration retryAfter) {
        jdbc.sql("""
                        UPDATE reconciliation_budget
                        SET failures = failures + 1, tokens = 0,
                            paused_until = GREATEST(paused_until, now() + INTERVAL '1 second' * GREATEST(:asked,
                                CASE WHEN failures + 1 < :before THEN 0
                                    ELSE LEAST(:longest, power(2, LEAST(failures + 1 - :before, 16))) END
                                    * (0.5 + random() / 2)))
                        WHERE application_id = :application
                        """)
                .param("asked", seconds(shorter(Objects.requireNonNullElse(retryAfter, Duration.ZERO))))
                .param("before", FAILURES_BEFORE_PAUSE)
                .param("longest", seconds(LONGEST_PAUSE))
                .param("application", applicationId)
                .update();
    }

    /** What the bucket holds now, which nobody else changes until the transaction ends. */
    private double available(UUID applicationId) {
        jdbc.sql("INSERT INTO reconciliation_budget (application_id) VALUES (:application) ON CONFLICT DO NOTHING")
                .param("application", applicationId)
                .update();
        return jdbc.sql("""
                        UPDATE reconciliation_budget
                        SET tokens = LEAST(:burst, tokens + :rate * GREATEST(0, extract(epoch FROM
                                clock_timestamp() - GREATEST(refilled_at, paused_until))::double precision)),
                            refilled_at = clock_timestamp()
                        WHERE application_id = :application
                        AND (paused_until IS NULL OR paused_until <= clock_timestamp())
                        RETURNING tokens
                        """)
                .param("burst", Math.max(1, requestsPerSecond))
                .param("rate", requestsPerSecond)
                .param("application", applicationId)
                .query(Double.class)
                .optional()
                .orElse(0.0);
    }

    private void change(UUID applicationId, int tokens) {
        jdbc.sql("UPDATE reconciliation_budget SET tokens = tokens + :tokens WHERE application_id = :application")
                .param("tokens", tokens)
                .param("application", applicationId)
                .update();
    }

    private static Duration shorter(Duration asked) {
        return asked.compareTo(LONGEST_REQUEST) < 0 ? asked : LONGEST_REQUEST;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

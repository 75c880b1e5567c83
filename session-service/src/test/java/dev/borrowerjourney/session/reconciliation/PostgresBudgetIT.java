package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The budget as two instances see it. */
class PostgresBudgetIT extends ServiceUnderTest {

    private final UUID application = UUID.randomUUID();

    @Test
    void isOneForAllInstances() {
        // One call in three hours, and one at once.
        var mine = budget(0.0001);
        var theirs = budget(0.0001);

        assertThat(mine.take(application, 3)).isEqualTo(1);
        assertThat(theirs.take(application, 3)).isZero();
        theirs.giveBack(application, 1);
        assertThat(mine.take(application, 3)).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanASecondsCalls() {
        var budget = budget(5);
        budget.take(application, 1);
        database.sql("UPDATE session.reconciliation_budget SET refilled_at = now() - INTERVAL '1 hour'"
                        + " WHERE application_id = ?")
                .param(application)
                .update();

        assertThat(budget.take(application, 100)).isEqualTo(5);
    }

    @Test
    void isClosedForAWhileAfterThreeFailures() {
        var mine = budget(500);
        var theirs = budget(500);
        assertThat(mine.take(application, 1)).isEqualTo(1);
        mine.failed(application, null);
        theirs.failed(application, null);
        assertThat(mine.take(application, 0)).isZero();
        mine.failed(application, null);

        assertThat(theirs.take(application, 1)).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> theirs.take(application, 1) == 1);
    }

    @Test
    void isClosedForAsLongAsThePlatformAsks() {
        var budget = budget(500);
        budget.take(application, 1);
        budget.failed(application, Duration.ofDays(1));

        assertThat(budget.take(application, 1)).isZero();
        assertThat(pausedUntil())
                .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(301));
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        var budget = budget(500);
        budget.take(application, 1);
        for (int i = 0; i < 6; i++) {
            budget.failed(application, null);
            budget.succeeded(application);
        }

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> budget.take(application, 1) == 1);
        assertThat(pausedUntil()).isBeforeOrEqualTo(Instant.now());
    }

    private Instant pausedUntil() {
        return database.sql("SELECT paused_until FROM session.reconciliation_budget WHERE application_id = ?")
                .param(application)
                .query((row, _) -> row.getTimestamp("paused_until").toInstant())
                .single();
    }

    private static PostgresBudget budget(double requestsPerSecond) {
        var database = DATABASE.as("bj_session");
        return new PostgresBudget(
                JdbcClient.create(database),
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                requestsPerSecond);
    }
}

package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.projector.RunningProjector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ActiveJourneysIT {

    private static final RunningProjector PROJECTOR = new RunningProjector();

    final JdbcTemplate jdbc = PROJECTOR.owner();
    final PostgresActiveJourneys journeys = new PostgresActiveJourneys(jdbc);
    final UUID application = UUID.randomUUID();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    @Test
    void countsJourneysThatAreAtWork() {
        insert("KYC_PENDING", "0 days");
        insert("LENDER_PROCESSING", "29 days");
        insert("A_STATUS_OF_TOMORROW", "0 days");

        assertThat(journeys.byApplication()).containsEntry(application, 3L);
    }

    @Test
    void leavesOutJourneysNobodyWaitsFor() {
        for (var status : new String[] {"STARTED", "OFFERS_AVAILABLE", "DISBURSED", "REJECTED", "EXPIRED", "CLOSED"}) {
            insert(status, "0 days");
        }
        insert("KYC_PENDING", "31 days");

        assertThat(journeys.byApplication()).doesNotContainKey(application);
    }

    /** The alert on silent webhooks compares it with what the receiver heard. */
    @Test
    void showsTheCountUnderTheNameThatTheAlertAsksFor() throws Exception {
        assertThat(Files.readString(Path.of("../deploy/alerts/webhook-ingest.yaml")))
                .contains("projector_journeys_active");
        insert("KYC_PENDING", "0 days");

        PROJECTOR.bean(ActiveJourneysJob.class).look();

        await().atMost(Duration.ofMinutes(1)).until(() -> PROJECTOR
                .management("/actuator/prometheus")
                .lines()
                .anyMatch(line -> line.startsWith("projector_journeys_active{")
                        && line.contains(application.toString())
                        && line.endsWith(" 1.0")));
    }

    /** Each change of a journey would write every index otherwise. */
    @Test
    void keepsUpdatesOnTheirPage() {
        insert("KYC_PENDING", "1 day");
        var transaction =
                new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));

        var hot = transaction.execute(_ -> {
            jdbc.update("UPDATE journey.journey SET changed_at = now() WHERE application_id = ?", application);
            return Objects.requireNonNull(jdbc.queryForObject(
                    "SELECT pg_stat_get_xact_tuples_hot_updated('journey.journey'::regclass)", Long.class));
        });

        assertThat(hot).isEqualTo(1);
    }

    private void insert(String status, String age) {
        jdbc.update(
                """
                INSERT INTO journey.journey (journey_key, borrower_key, application_id, journey_id, version, status, source,
                                             changed_at, topic_id, partition, source_offset)
                VALUES (?, 'borrower', ?, ?, 1, ?, 'WEBHOOK', now() - CAST(? AS interval), 'none', 0, 0)
                """,
                UUID.randomUUID().toString(),
                application,
                UUID.randomUUID().toString(),
                status,
                age);
    }
}

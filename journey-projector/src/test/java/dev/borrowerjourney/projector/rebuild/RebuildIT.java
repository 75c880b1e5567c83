package dev.borrowerjourney.projector.rebuild;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.Source;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is served is damaged in all ways, and mended from the log. */
class RebuildIT extends RebuildCommands {

    @Test
    void findsNothingAboutWhatIsServedAsTheLogTells() {
        send(journey.webhook(3, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS));
        send(journey.webhook(1, "STARTED", null));
        send(journey.poll(5, "KYC_PENDING", "COMPLETE_KYC"));
        send(journey.webhook(3, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS));
        send(journey.settlingPoll(3, 9, "LENDER_PROCESSING"));
        awaitVersion(3);
        shadow();

        nothingDiffers();
        assertThat(apply()).contains("0 changes written, and registers of 0");
        assertThat(version()).isEqualTo(3);
    }

    @Test
    void mendsWhatReadersSeeAndPublishesIt() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.webhook(2, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS));
        awaitChanges(2);
        var before = content();
        damage("status = 'REJECTED', next_action = NULL, type = 'GOLD_LOAN', details_in = NULL");
        shadow();

        assertThat(different("VISIBLE")).isOne();
        assertThat(apply()).contains("1 changes written");

        assertThat(content()).isEqualTo(before);
        assertThat(version()).isEqualTo(3);
        awaitChanges(3);
        var change = changes().getLast();
        assertThat(change.getSource()).isEqualTo(Source.REBUILD);
        assertThat(change.getVersion()).isEqualTo(3);
        assertThat(change.getBefore().getCore().getStatus()).isEqualTo("REJECTED");
        assertThat(change.getAfter()).hasToString(changes().get(1).getAfter().toString());
        assertThat(change.getEventId()).isEqualTo("event-" + journey.journeyId + "-2");
        assertThat(published().getVersion()).isEqualTo(3);
        assertThat(published().getStatus()).isEqualTo("OFFERS_AVAILABLE");
        nothingDiffers();
    }

    /** Rows of an earlier version are in the server's own order and spaces. */
    @Test
    void findsNothingAboutWhatIsOnlyWrittenOtherwise() {
        send(journey.webhook(1, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS));
        awaitVersion(1);
        damage("details_sequenced = details_sequenced::jsonb::text, " + "core_sequenced = core_sequenced::jsonb::text");
        shadow();

        nothingDiffers();
    }

    @Test
    void mendsDetailsOfTheWrongRegister() {
        send(journey.webhook(1, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS));
        awaitChanges(1);
        damage("details_in = 'TIMED'");
        shadow();

        assertThat(different("VISIBLE")).isOne();
        apply();

        awaitChanges(2);
        assertThat(changes().getLast().getBefore().getDetails()).isNull();
        assertThat(changes().getLast().getAfter())
                .hasToString(changes().getFirst().getAfter().toString());
        nothingDiffers();
    }

    /** As after a defect of the law: each of the columns is consistent, and none is right. */
    @Test
    void mendsRegistersThatTheLogContradicts() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.webhook(2, "KYC_PENDING", "COMPLETE_KYC"));
        awaitVersion(2);
        var before = content();
        damage("""
                status = 'CLOSED', next_action = NULL, core_sequenced = jsonb_set(jsonb_set(core_sequenced::jsonb, '{sequence}', '99'),
                    '{content}', '{"status":"CLOSED","nextAction":null}')::text
                """);
        send(journey.webhook(3, "DISBURSED", null));
        send(new SnapshotFixtures().webhook(1, "STARTED", null));
        shadow();
        awaitDiffering("VISIBLE", 1);

        apply();

        assertThat(version()).isEqualTo(3);
        assertThat(row()).containsEntry("status", "DISBURSED");
        assertThat(before).isNotEqualTo(content());
        send(journey.webhook(4, "CLOSED", null));
        awaitVersion(4);
        nothingDiffers();
    }

    @Test
    void mendsRegistersThatNobodySeesWithoutNews() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.poll(2, "STARTED", null));
        awaitChanges(1);
        var before = content();
        damage("core_timed = NULL");
        long edits = edits();
        shadow();

        assertThat(different("REGISTERS")).isOne();
        assertThat(apply()).contains("0 changes written, and registers of 1");

        assertThat(content()).isEqualTo(before);
        assertThat(version()).isOne();
        assertThat(edits()).isEqualTo(edits + 1);
        send(journey.webhook(5, "CLOSED", null));
        awaitChanges(2);
    }

    @Test
    void bringsBackLostJourneysAboveWhatWasPublished() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.webhook(2, "KYC_PENDING", "COMPLETE_KYC"));
        awaitChanges(2);
        var before = content();
        jdbc.update("DELETE FROM journey WHERE journey_key = ?", journey.journeyKey());
        jdbc.update("DELETE FROM journey_change WHERE journey_key = ?", journey.journeyKey());
        shadow();

        assertThat(different("MISSING")).isOne();
        apply();

        assertThat(content()).isEqualTo(before);
        assertThat(version()).isEqualTo(3);
        awaitChanges(3);
        assertThat(changes().getLast().getVersion()).isEqualTo(3);
        assertThat(published().getVersion()).isEqualTo(3);
    }

    @Test
    void raisesVersionThatWentBehindWhatWasPublished() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.webhook(2, "KYC_PENDING", null));
        awaitChanges(2);
        damage("version = 1");
        jdbc.update("DELETE FROM journey_change WHERE journey_key = ? AND version = 2", journey.journeyKey());
        shadow();

        assertThat(different("VERSION")).isOne();
        apply();

        assertThat(version()).isEqualTo(3);
        awaitChanges(3);
    }

    @Test
    void reportsWhatOnlyTheReadModelKnowsAndLeavesItAlone() {
        send(journey.webhook(1, "STARTED", null));
        awaitVersion(1);
        jdbc.update("""
                INSERT INTO journey (journey_key, borrower_key, application_id, journey_id, version, status, source,
                    changed_at, core_sequenced, topic_id, partition, source_offset)
                SELECT 'nobody-knows-me:1', borrower_key, application_id, '1', version, status, source,
                    changed_at, core_sequenced, topic_id, partition, source_offset
                FROM journey WHERE journey_key = ?
                """, journey.journeyKey());
        shadow();

        assertThat(different("ONLY_SERVED")).isOne();
        apply();

        assertThat(different("ONLY_SERVED")).isOne();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM journey WHERE journey_key LIKE 'nobody%'", Long.class))
                .isOne();
    }

    @Test
    void raisesNoAnomalyAndNobodyHasToAskAgain() {
        send(journey.webhook(2, "STARTED", null));
        send(journey.webhook(2, "KYC_PENDING", null));
        send(journey.poll(3, "CLOSED", null));
        send(journey.webhook(9, "DISBURSED", null));
        await(() -> jdbc.queryForList(
                                "SELECT 1 FROM journey WHERE journey_key = ? AND status = 'DISBURSED'",
                                journey.journeyKey())
                        .size()
                == 1);
        long due = due();
        assertThat(due).isPositive();
        damage("status = 'REJECTED'");
        shadow();
        apply();

        assertThat(due()).isEqualTo(due);
    }

    @Test
    void goesOnWithTheShadowThatStands() {
        send(journey.webhook(1, "STARTED", null));
        awaitVersion(1);
        shadow();
        long before = records();
        send(journey.webhook(2, "KYC_PENDING", null));
        awaitVersion(2);

        assertThat(run("--shadow").code()).isZero();

        assertThat(records()).isEqualTo(before + 1);
        nothingDiffers();
    }

    @Test
    void keepsToTheRateItIsGiven() {
        IntStream.range(1, 300).forEach(each -> send(journey.webhook(each, "STARTED", "STEP_" + each)));
        awaitVersion(299);
        long begun = System.nanoTime();

        assertThat(run("--shadow", "--restart", "--rate", "100").code()).isZero();

        assertThat(System.nanoTime() - begun).isGreaterThan(2_500_000_000L);
    }

    @Test
    void tellsWhatStands() {
        run(BY, "--drop");
        assertThat(run().out()).startsWith("no shadow");
        assertThat(run("--diff").code()).isEqualTo(OperatorCommand.FAILED);

        shadow();

        assertThat(run("--status").out()).contains("shadow begun", "PARTITION", "SHADOW AT");
    }

    @Test
    void refusesWrongUsage() {
        assertThatThrownBy(() -> run("--diff", "--apply"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--diff and --apply");
        assertThatThrownBy(() -> run("--apply", "--by", "sre-7"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--why");
        assertThatThrownBy(() -> run("--shadow", "--rate", "-1")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--status", "--limit", "1")).isInstanceOf(UsageException.class);
    }

    @Test
    void letsOnlyOneCommandDoSomething() throws Exception {
        try (var other = DATABASE.as("bj_projector").getConnection();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('journey.rebuild'))");

            assertThat(run("--shadow").code()).isEqualTo(OperatorCommand.FAILED);
            // The server notices a closed connection a moment later.
            statement.execute("SELECT pg_advisory_unlock(hashtext('journey.rebuild'))");
        }
    }

    private void awaitDiffering(String kind, long count) {
        await(() -> different(kind) == count);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }

    private long records() {
        return jdbc.queryForList("SELECT sum(records) FROM shadow_partition", Long.class)
                .getFirst();
    }

    private long due() {
        return jdbc.queryForList(
                        "SELECT count(*) FROM due_journey WHERE journey_key = ?", Long.class, journey.journeyKey())
                .getFirst();
    }

    private long edits() {
        var edits = jdbc.queryForObject("SELECT sum(edited) FROM projection_offset", Long.class);
        return edits == null ? 0 : edits;
    }
}

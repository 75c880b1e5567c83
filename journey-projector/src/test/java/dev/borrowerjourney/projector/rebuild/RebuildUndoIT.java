package dev.borrowerjourney.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.Source;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What was mended is taken back, and both happen under live traffic. */
class RebuildUndoIT extends RebuildCommands {

    private static final String CLOSED_FOR_EVER = """
            status = 'CLOSED', next_action = NULL, core_sequenced = jsonb_set(jsonb_set(core_sequenced::jsonb, '{sequence}', '999999'),
                '{content}', '{"status":"CLOSED","nextAction":null}')::text
            """;

    @Test
    void takesBackWhatWasMended() {
        send(journey.webhook(1, "STARTED", null));
        awaitChanges(1);
        damage(CLOSED_FOR_EVER);
        shadow();
        apply();
        send(journey.webhook(2, "KYC_PENDING", null));
        awaitChanges(3);

        var undone = run(BY, "--undo");

        assertThat(undone.code()).isZero();
        assertThat(undone.out()).contains("1 changes written");
        awaitChanges(4);
        assertThat(changes().getLast().getSource()).isEqualTo(Source.REBUILD);
        assertThat(changes().getLast().getAfter().getCore().getStatus()).isEqualTo("CLOSED");
        assertThat(published().getVersion()).isEqualTo(4);
        assertThat(row()).containsEntry("version", 4L).containsEntry("status", "CLOSED");
    }

    @Test
    void takesRegistersBackAndKeepsWhatWasSaidSince() {
        send(journey.webhook(1, "STARTED", null));
        awaitChanges(1);
        damage(CLOSED_FOR_EVER);
        shadow();
        apply();
        send(journey.poll(7, "KYC_PENDING", null));
        awaitChanges(3);

        assertThat(run(BY, "--undo").out()).contains("0 changes written, and registers of 1");

        assertThat(row()).containsEntry("version", 3L).containsEntry("status", "KYC_PENDING");
        assertThat(row().get("core_sequenced")).asString().contains("999999");
    }

    @Test
    void writesNothingWhereNothingIsDifferentAnyMore() {
        send(journey.webhook(1, "STARTED", null));
        awaitChanges(1);
        damage("next_action = 'NOBODY_SAID_THIS'");
        shadow();
        apply();
        awaitChanges(2);

        assertThat(run(BY, "--undo").out()).contains("0 changes written, and registers of 0");

        assertThat(version()).isEqualTo(2);
        assertThat(run(BY, "--undo").code()).isEqualTo(OperatorCommand.FAILED);
    }

    @Test
    void leavesWhatWasNotThereBefore() {
        send(journey.webhook(1, "STARTED", null));
        awaitChanges(1);
        jdbc.update("DELETE FROM journey WHERE journey_key = ?", journey.journeyKey());
        shadow();
        apply();

        assertThat(run(BY, "--undo").out()).contains("1 journeys that were not there before stay");

        assertThat(version()).isEqualTo(2);
    }

    /** Every version once and in order, whoever made it, and nothing differs in the end. */
    @Test
    void doesAllOfItUnderLiveTraffic() throws ExecutionException, InterruptedException {
        var journeys =
                IntStream.range(0, 20).mapToObj(_ -> new SnapshotFixtures()).toList();
        var sequence = new AtomicInteger();
        try (var pace = Executors.newSingleThreadScheduledExecutor()) {
            var traffic = pace.scheduleAtFixedRate(
                    () -> {
                        int now = sequence.incrementAndGet();
                        journeys.forEach(each -> send(each.webhook(now, "KYC_PENDING", "STEP_" + now)));
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            for (int round = 0; round < 3; round++) {
                int before = sequence.get();
                await().atMost(PATIENCE).until(() -> sequence.get() > before + 5);
                for (var each : journeys) {
                    jdbc.update("UPDATE journey SET " + CLOSED_FOR_EVER + " WHERE journey_key = ?", each.journeyKey());
                }
                jdbc.update("UPDATE projection_offset SET edited = edited + 1");
                shadow();
                apply();
                if (round == 1) {
                    assertThat(run(BY, "--undo").code()).isZero();
                }
            }
            assertThat(traffic.cancel(false)).isTrue();
        }
        send(journey.webhook(1, "STARTED", null));
        awaitVersion(1);
        await().atMost(PATIENCE).until(() -> different("VISIBLE") == 0 && different("REGISTERS") == 0);

        for (var each : journeys) {
            long version = jdbc.queryForList(
                            "SELECT version FROM journey WHERE journey_key = ? AND next_action = ?",
                            Long.class,
                            each.journeyKey(),
                            "STEP_" + sequence.get())
                    .getFirst();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(changesOf(each).stream().map(JourneyChanged::getVersion))
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(1, version).boxed().toList()));
        }
    }
}

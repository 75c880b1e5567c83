package dev.borrowerjourney.projector.deadletter;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeadLetterReplayIT extends DeadLetterCommands {

    /** The whole way: the database refused it, the cause is mended, the record goes through the log once more. */
    @Test
    void replaysRecordAsItWas() throws Exception {
        var id = refusedByConstraint();

        var dry = run("replay", id, "--dry-run", "--by", "sre-7", "--why", "incident 42");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).contains(id + " WOULD_BE_REPLAYED (reads today: LEGIBLE)");
        assertThat(records()).hasSize(1);

        var replayed = run("replay", id, "--by", "sre-7", "--why", "incident 42");
        assertThat(replayed.code()).isZero();
        await().atMost(PATIENCE).until(() -> version() == 1);
        var records = records();
        assertThat(records).hasSize(2);
        var again = records.getLast();
        assertThat(replayed.out()).contains(id + " REPLAYED (to " + again.partition() + ":" + again.offset() + ")");
        assertThat(again.value()).isEqualTo(records.getFirst().value());
        assertThat(again.key()).isEqualTo(records.getFirst().key());
        assertThat(EventHeaders.text(again.headers(), "dead_letter_id")).contains(id);
        assertThat(EventHeaders.text(again.headers(), EventHeaders.CORRELATION_ID))
                .contains("c1");
        assertThat(run("list", "--key", journey.borrower.value()).out()).contains("0 in all");
        assertThat(run("list", "--key", journey.borrower.value(), "--all").out())
                .contains(id, "REPLAYED ", " by sre-7");
        assertThat(run("show", id).out()).contains("because     incident 42");
    }

    @Test
    void replaysOnceUnlessAskedAgain() throws Exception {
        var id = forbidden(1);
        replay(id);

        var second = run("replay", id, "--by", "sre-7", "--why", "w");
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("REPLAYED_BEFORE", "by sre-7");
        assertThat(records()).hasSize(2);

        assertThat(run("replay", id, "--by", "sre-7", "--why", "w", "--again").out())
                .contains(id + " REPLAYED (to");
        assertThat(records()).hasSize(3);
    }

    /** Otherwise an operator could not tell whether the cure helped. */
    @Test
    void namesTheFirstWhenTheReplayIsPoisonAgain() throws Exception {
        var first = forbidden(1);
        var second = replay(first);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run("show", second).out()).contains("replay of   " + first));
        var third = replay(second);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run("show", third).out()).contains("replay of   " + second));
        assertThat(projector.read(TopicCatalogue.DEAD_LETTERS).stream()
                        .map(record -> (DeadLetter) record.value())
                        .filter(letter -> letter.getHeaders().containsKey("dead_letter_id")
                                && UTF_8.decode(letter.getHeaders()
                                                .get("dead_letter_id")
                                                .duplicate())
                                        .toString()
                                        .equals(first)))
                .hasSize(1);
    }

    /** A header of the log may hold anything, even what the database refuses. */
    @Test
    void takesNoNonsenseForTheNameOfADeadLetter() {
        var headers = headers("c1");
        headers.add("dead_letter_id", "\u0000 nonsense".getBytes(UTF_8));

        var id = awaitId(projector.send(journey.borrower.value(), "garbage".getBytes(UTF_8), headers));

        assertThat(run("show", id).out()).doesNotContain("replay of");
    }

    @Test
    void replaysInOrderUpToTheLimit() {
        var ids = new ArrayList<String>();
        for (int sequence = 1; sequence <= 5; sequence++) {
            ids.add(forbidden(sequence));
        }

        var some = run("replay", "--all", "--key", journey.borrower.value(), "--limit", "2", "--by", "s", "--why", "w");
        assertThat(some.code()).isZero();
        assertThat(some.out()).contains("… and 3 more");
        assertThat(run("list", "--key", journey.borrower.value()).out())
                .doesNotContain(ids.get(0), ids.get(1))
                .contains(ids.get(2), ids.get(3), ids.get(4));
        run("replay", "--all", "--key", journey.borrower.value(), "--by", "s", "--why", "w");

        assertThat(records().stream()
                        .skip(5)
                        .map(record -> ((JourneySnapshot) record.value()).getSequence())
                        .limit(5))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** Killed between the log and the mark: what was appended is still open, so nothing is lost and one record comes twice. */
    @Test
    void repeatsOneRecordAfterACrashBeforeItsMark() {
        var first = forbidden(1);
        var second = forbidden(2);
        replay(first);
        replay(second);
        projector.owner().update("""
                UPDATE dead_letter
                SET state = 'OPEN', decided_at = NULL, decided_by = NULL, decided_why = NULL, replayed_to = NULL
                WHERE topic_id || ':' || partition || ':' || source_offset = ?
                """, second);
        awaitLetters(4);

        assertThat(run("replay", first, "--by", "s", "--why", "w").out()).contains("REPLAYED_BEFORE");
        assertThat(run("replay", second, "--by", "s", "--why", "w").out()).contains(" REPLAYED (to");
        assertThat(records().stream().map(record -> ((JourneySnapshot) record.value()).getSequence()))
                .containsExactly(1L, 2L, 1L, 2L, 2L);
    }

    /** Two at a time would mix up the order of a key. */
    @Test
    void leavesAReplayThatIsRunningAlone() throws Exception {
        var id = forbidden(1);
        var source = Objects.requireNonNull(projector.owner().getDataSource());
        try (var holder = source.getConnection();
                var lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(hashtext('journey.dead_letter'))");

            assertThat(run("replay", id, "--by", "s", "--why", "w").code()).isEqualTo(1);
        }
        assertThat(records()).hasSize(1);
        replay(id);
    }

    private String refusedByConstraint() {
        projector.owner().execute("ALTER TABLE journey ADD CONSTRAINT today CHECK (status <> 'FORBIDDEN')");
        try {
            return awaitId(projector.send(journey.webhook(1, "FORBIDDEN", null), headers("c1")));
        } finally {
            projector.owner().execute("ALTER TABLE journey DROP CONSTRAINT today");
        }
    }

    private long version() {
        return projector
                .owner()
                .queryForList("SELECT version FROM journey WHERE journey_key = ?", Long.class, journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(0L);
    }
}

package dev.borrowerjourney.projector.deadletter;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.projector.Operator;
import dev.borrowerjourney.projector.RunningProjector;
import dev.borrowerjourney.projector.SnapshotFixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Dead letters of a running projector, and an operator beside it. */
@SuppressWarnings("NullAway.Init") // JUnit's lifecycle fills them.
abstract class DeadLetterCommands {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static RunningProjector projector;
    static Operator operator;

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        projector = new RunningProjector().start();
        operator = projector.operator();
    }

    @AfterAll
    static void stop() {
        operator.close();
        projector.close();
    }

    static Operator.Ended run(String... arguments) {
        return operator.run("dead-letters", arguments);
    }

    /** The id that its next dead letter has. */
    String replay(String id, String... more) {
        var arguments = new ArrayList<>(List.of("replay", id, "--by", "sre-7", "--why", "incident 42"));
        arguments.addAll(List.of(more));
        var ended = run(arguments.toArray(String[]::new));
        assertThat(ended.code()).as(ended.out()).isZero();
        return id.substring(0, id.indexOf(':') + 1)
                + ended.out()
                        .substring(ended.out().indexOf("to ") + 3, ended.out().indexOf(')'));
    }

    /** Can be read, and the database refuses it for ever. */
    String forbidden(int sequence) {
        return awaitId(projector.send(journey.webhook(sequence, "STARTED", null), headers("NUL\u0000")));
    }

    static String awaitId(RecordMetadata sent) {
        return await().atMost(PATIENCE)
                .until(
                        () -> projector.owner().queryForList("""
                                        SELECT topic_id || ':' || partition || ':' || source_offset
                                        FROM dead_letter
                                        WHERE partition = ? AND source_offset = ?
                                        ORDER BY found_at DESC
                                        """, String.class, sent.partition(), sent.offset()),
                        found -> !found.isEmpty())
                .getFirst();
    }

    void awaitLetters(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        run("list", "--all", "--key", journey.borrower.value()).out())
                .contains(count + " in all"));
    }

    List<ConsumerRecord<String, Object>> records() {
        return projector.snapshotsOf(journey.borrower);
    }
}

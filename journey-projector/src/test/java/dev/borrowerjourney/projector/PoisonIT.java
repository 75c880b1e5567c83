package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.event.Erasure;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A record that its own data makes impossible to apply must neither stop its partition nor be lost. */
class PoisonIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RunningProjector PROJECTOR = new RunningProjector();

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    /** All in one batch and one transaction, in which their neighbours are applied, too. */
    @Test
    void givesUpUnreadableRecordsAndGoesOn() {
        PROJECTOR.stop();
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        var whole = avro(journey.webhook(2, "PROFILE_REQUIRED", null));
        var foreign = journey.webhook(2, "PROFILE_REQUIRED", null);
        foreign.put("applicationId", "none");
        var sent = Map.of(
                send(null), "EMPTY",
                send("garbage".getBytes(UTF_8)), "NOT_AVRO",
                // No registry has a schema of number 0, whatever copy it was restored from.
                send(new byte[100]), "NOT_AVRO",
                send(Arrays.copyOf(whole, whole.length / 2)), "UNDECODABLE EOFException",
                send(change()), "OTHER_TYPE",
                send(avro(foreign)), "INVALID applicationId",
                send(avro(new SnapshotFixtures().webhook(2, "PROFILE_REQUIRED", null))), "INVALID key");
        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c3"));
        PROJECTOR.start();
        awaitVersion(2);

        sent.forEach((poison, why) -> assertThat(why(awaitLetter(poison))).isEqualTo(why));
        assertThat(statuses()).containsExactly("STARTED", "PROFILE_SUBMITTED");
        assertThat(counter("empty")).isPositive();
        assertThat(PROJECTOR
                        .owner()
                        .queryForList(
                                """
                                SELECT DISTINCT xmin::text FROM journey WHERE journey_key = ?
                                UNION
                                SELECT DISTINCT xmin::text FROM dead_letter WHERE record_key = ?
                                """,
                                String.class,
                                journey.journeyKey(),
                                journey.borrower.value().getBytes(UTF_8)))
                .hasSize(1);
    }

    /**
     * SQLSTATE classes 22 and 23, each tried alone; no constraint of today can be broken by a record, one of tomorrow can.
     */
    @Test
    void givesUpWhatTheDatabaseRefusesAndGoesOn() {
        PROJECTOR
                .owner()
                .execute(
                        "ALTER TABLE journey_change ADD CONSTRAINT tomorrow CHECK (after::jsonb->>'status' <> 'FORBIDDEN')");
        try {
            PROJECTOR.stop();
            PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
            var unfit = PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("NUL\u0000"));
            var forbidden = PROJECTOR.send(journey.webhook(3, "FORBIDDEN", null), headers("c3"));
            PROJECTOR.send(journey.webhook(4, "PROFILE_SUBMITTED", null), headers("c4"));
            PROJECTOR.start();
            awaitVersion(2);

            assertThat(why(awaitLetter(unfit))).isEqualTo("REFUSED_BY_DATABASE 22021");
            assertThat(why(awaitLetter(forbidden))).isEqualTo("REFUSED_BY_DATABASE 23514");
            assertThat(statuses()).containsExactly("STARTED", "PROFILE_SUBMITTED");
        } finally {
            PROJECTOR.owner().execute("ALTER TABLE journey_change DROP CONSTRAINT tomorrow");
        }
    }

    /** Nothing comes after it, so nothing but itself can end the lag. */
    @Test
    void looksNeitherLateNorUnreadyAfterPoison() {
        var sent = send("garbage".getBytes(UTF_8));
        awaitLetter(sent);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(gauge("projector.lag.records")).isZero();
            assertThat(gauge("projector.lag.age")).isZero();
        });
        assertThat(PROJECTOR.management("/actuator/health/readiness")).contains("\"status\":\"UP\"", "\"waiting\":{}");
    }

    /** The largest that the topic takes leaves no room for what its letter has to say. */
    @Test
    void publishesLargestPoisonByReference() {
        var random = new Random(1);
        RecordMetadata sent = null;
        byte[] value = {};
        for (int size = 1024 * 1024; sent == null; size -= 32) {
            value = new byte[size];
            random.nextBytes(value);
            value[0] = 1;
            sent = trySend(value);
        }
        assertThat(value.length).isGreaterThan(1_047_000);
        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c3"));
        awaitVersion(1);

        var letter = awaitLetter(sent);
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getOmittedBytes()).isEqualTo(value.length);
        assertThat(letter.getHeaders()).isNotEmpty();
        assertThat(PROJECTOR
                        .owner()
                        .queryForList(
                                "SELECT value FROM dead_letter WHERE partition = ? AND source_offset = ?",
                                byte[].class,
                                sent.partition(),
                                sent.offset()))
                .containsExactly(value);
    }

    @Test
    void publishesPoisonThatFitsWithItsValue() {
        var value = new byte[900 * 1024];
        new Random(2).nextBytes(value);
        value[0] = 1;

        var letter = awaitLetter(send(value));

        assertThat(letter.getOmittedBytes()).isNull();
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
    }

    /** Headers count for a record's size like its value. */
    @Test
    void leavesOutHeadersThatAreTooLarge() {
        var headers = headers("c1");
        var large = new byte[900 * 1024];
        new Random(3).nextBytes(large);
        headers.add("large", large);

        var letter = awaitLetter(PROJECTOR.send(journey.borrower.value(), "garbage".getBytes(UTF_8), headers));

        assertThat(letter.getHeaders()).isEmpty();
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getOmittedBytes()).isEqualTo(7);
    }

    /** More than are looked at once, each once and in order. */
    @Test
    void publishesManyLargeLettersInOrder() {
        PROJECTOR.stop();
        var value = new byte[100 * 1024];
        var sent = IntStream.range(0, 40).mapToObj(_ -> send(value)).toList();
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        PROJECTOR.start();
        awaitVersion(1);
        awaitLetter(sent.getLast());

        var first = sent.getFirst();
        assertThat(letters().stream()
                        .map(record -> ((DeadLetter) record.value()).getSourceOffset())
                        .filter(place ->
                                place.getPartition() == first.partition() && place.getOffset() >= first.offset())
                        .map(place -> place.getOffset()))
                .containsExactlyElementsOf(
                        sent.stream().map(RecordMetadata::offset).toList());
        assertThat(statuses()).containsExactly("STARTED");
    }

    private static String why(DeadLetter letter) {
        return letter.getDetail() == null ? letter.getReason() : letter.getReason() + " " + letter.getDetail();
    }

    private RecordMetadata send(byte @Nullable [] value) {
        return PROJECTOR.send(journey.borrower.value(), value, headers("c2"));
    }

    private @Nullable RecordMetadata trySend(byte[] value) {
        try {
            return send(value);
        } catch (IllegalStateException e) {
            assertThat(e).rootCause().isInstanceOf(RecordTooLargeException.class);
            return null;
        }
    }

    private static byte[] avro(JourneySnapshot snapshot) {
        return PROJECTOR.serdes().serializer().serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot);
    }

    /** What another topic of ours holds, as a writer that took the wrong topic would write it. */
    private byte[] change() {
        return PROJECTOR
                .serdes()
                .serializer()
                .serialize(
                        TopicCatalogue.ERASURES,
                        new Erasure(
                                journey.borrower.value(), journey.applicationId.toString(), SnapshotFixtures.START));
    }

    private DeadLetter awaitLetter(RecordMetadata sent) {
        return await().atMost(PATIENCE)
                .until(
                        () -> letters().stream()
                                .map(record -> (DeadLetter) record.value())
                                .filter(letter -> letter.getSourceOffset().getPartition() == sent.partition()
                                        && letter.getSourceOffset().getOffset() == sent.offset())
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
    }

    private static List<ConsumerRecord<String, Object>> letters() {
        return PROJECTOR.read(TopicCatalogue.DEAD_LETTERS);
    }

    private List<String> statuses() {
        return PROJECTOR.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(record -> (JourneyChanged) record.value())
                .filter(change -> change.getJourneyId().equals(journey.journeyId))
                .map(change -> change.getAfter().getCore().getStatus())
                .toList();
    }

    private void awaitVersion(long version) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(PROJECTOR
                        .reader()
                        .queryForList(
                                "SELECT version FROM journey.current_journey WHERE journey_key = ?",
                                Long.class,
                                journey.journeyKey()))
                .containsExactly(version));
    }

    private static double gauge(String name) {
        return PROJECTOR.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private static double counter(String reason) {
        return PROJECTOR
                .bean(MeterRegistry.class)
                .get("projector.dead-letters")
                .tag("reason", reason.toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }
}

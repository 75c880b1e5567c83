package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
class DeliveryProofIT {

    @TempDir
    Path secrets;

    final String brokers = TestBroker.shared().bootstrapServers();
    final String registry = TestRegistry.shared().url();
    final LogReader log = new LogReader(brokers, registry);
    final String eventId = "evt_" + UUID.randomUUID();

    Operator operator;

    @BeforeEach
    void deliver() throws Exception {
        DeliveryFixtures.writeSecrets(secrets);
        try (var service = RunningService.start(secrets, brokers, registry)) {
            service.deliver(eventId, body(eventId, APPLICATION));
        }
        operator = new Operator(secrets, brokers, registry);
    }

    @AfterEach
    void close() {
        operator.close();
    }

    @Test
    void provesWhatThePlatformSigned() throws Exception {
        var proved = prove(eventId);

        assertThat(proved.code()).isZero();
        assertThat(proved.out())
                .containsPattern("SEAL +PROVED")
                .containsPattern("HASH +PROVED")
                .containsPattern("SIGNATURE +PROVED")
                .containsPattern("FIELDS +PROVED")
                .doesNotContain("CUST");
        var written = written(eventId);
        assertThat(prove(
                                eventId,
                                "--partition",
                                Integer.toString(written.partition()),
                                "--offset",
                                Long.toString(written.offset()))
                        .code())
                .isZero();
        assertThat(prove(eventId, "--partition", Integer.toString(written.partition()), "--offset", "999999999")
                        .code())
                .isEqualTo(1);
    }

    /** It was live when it signed, and that is what is to be proved. */
    @Test
    void provesWithSecretWhoseTimeIsOver() throws Exception {
        DeliveryFixtures.write(secrets.resolve("webhook/" + APPLICATION + "/next"), DeliveryFixtures.OTHER);
        DeliveryFixtures.write(
                secrets.resolve("webhook/" + APPLICATION + "/current.json"), "{\"notAfter\":\"2020-01-01T00:00:00Z\"}");

        assertThat(prove(eventId).code()).isZero();
    }

    @Test
    void leavesSignatureUndecidedWithoutItsSecret() throws Exception {
        DeliveryFixtures.write(secrets.resolve("webhook/" + APPLICATION + "/next"), DeliveryFixtures.OTHER);
        Files.delete(secrets.resolve("webhook/" + APPLICATION + "/current"));

        var undecided = prove(eventId);

        assertThat(undecided.code()).isEqualTo(1);
        assertThat(undecided.out())
                .containsPattern("SEAL +PROVED")
                .containsPattern("HASH +PROVED")
                .containsPattern("SIGNATURE +UNDECIDED +webhook secret current")
                .containsPattern("FIELDS +PROVED");
    }

    @Test
    void refutesSignatureOfAnotherSecret() throws Exception {
        DeliveryFixtures.write(secrets.resolve("webhook/" + APPLICATION + "/current"), DeliveryFixtures.OTHER);

        var refuted = prove(eventId);

        assertThat(refuted.code()).isEqualTo(1);
        assertThat(refuted.out()).containsPattern("HASH +PROVED").containsPattern("SIGNATURE +REFUTED");
    }

    @Test
    void refutesFlippedBit() throws Exception {
        var snapshot = snapshot();
        var sealed = DeliveryFixtures.bytes(snapshot.getSealed());
        sealed[sealed.length / 2] ^= 1;
        write(JourneySnapshot.newBuilder(snapshot).setSealed(ByteBuffer.wrap(sealed)), eventId);

        var refuted = prove(eventId, "--since", "1h");

        assertThat(refuted.code()).isEqualTo(1);
        assertThat(refuted.out()).containsPattern("SEAL +PROVED").containsPattern("SEAL +REFUTED");
    }

    @Test
    void refutesSealedPartOfAnotherRecord() throws Exception {
        var other = eventId + "_other";
        write(JourneySnapshot.newBuilder(snapshot()).setEventId(other), other);

        var refuted = prove(other);

        assertThat(refuted.code()).isEqualTo(1);
        assertThat(refuted.out()).containsPattern("SEAL +REFUTED").doesNotContain("PROVED");
    }

    /** The sealed part is genuine; what everybody reads is not. */
    @Test
    void refutesChangedFields() throws Exception {
        write(JourneySnapshot.newBuilder(snapshot()).setSequence(8L), eventId);

        var refuted = prove(eventId);

        assertThat(refuted.code()).isEqualTo(1);
        assertThat(refuted.out()).containsPattern("FIELDS +REFUTED +the body says otherwise: \\[sequence\\]");
    }

    private Operator.Ended prove(String eventId, String... more) throws Exception {
        var arguments = new String[more.length + 2];
        arguments[0] = "prove";
        arguments[1] = eventId;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return operator.run("delivery", arguments);
    }

    private JourneySnapshot snapshot() {
        return (JourneySnapshot) written(eventId).value();
    }

    private ConsumerRecord<String, Object> written(String eventId) {
        return log.all(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                .filter(written -> EventHeaders.text(written.headers(), EventHeaders.ID)
                        .filter(eventId::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** Writes as one who can write to the topic and has no key. */
    private void write(JourneySnapshot.Builder snapshot, String eventId) throws Exception {
        var values = ContractSerdes.of(Map.of("schema.registry.url", registry)).serializer();
        try (var producer = new KafkaProducer<String, Object>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), values)) {
            var written = new ProducerRecord<String, Object>(
                    TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot.getBorrowerKey(), snapshot.build());
            written.headers().add(EventHeaders.ID, eventId.getBytes(UTF_8));
            producer.send(written).get();
        }
    }
}

package dev.borrowerjourney.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KafkaSnapshotsTest {

    /** How many requests the registry answers before it goes away. */
    final AtomicInteger answers = new AtomicInteger();

    final SnapshotFixtures journey = new SnapshotFixtures();
    HttpServer registry;
    KafkaSnapshots snapshots;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/schemas/ids/1", this::answer);
        registry.start();
        var url = "http://127.0.0.1:" + registry.getAddress().getPort();
        snapshots = new KafkaSnapshots(
                TopicCatalogue.JOURNEY_SNAPSHOTS,
                ContractSerdes.of(Map.of("schema.registry.url", url, "max.retries", 0)));
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    /** A registry that goes away after it gave the schema must not make poison of a good record. */
    @Test
    void asksOnceForSchema() throws IOException {
        answers.set(1);

        assertThat(snapshots.decode(record())).isInstanceOf(Decoded.Legible.class);
        assertThat(snapshots.decode(record())).isInstanceOf(Decoded.Legible.class);
    }

    @Test
    void blamesRegistryAndNotRecordWhileSchemaIsUnavailable() throws IOException {
        assertThatExceptionOfType(KafkaSnapshots.SchemaUnavailable.class)
                .isThrownBy(() -> snapshots.decode(record()))
                .withMessageContaining("schema 1");

        answers.set(1);
        assertThat(snapshots.decode(record())).isInstanceOf(Decoded.Legible.class);
    }

    /** A registry that is away ends the connection without a word. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (answers.getAndDecrement() > 0) {
                var schema = Map.of("schema", JourneySnapshot.getClassSchema().toString());
                var body = JsonMapper.shared().writeValueAsBytes(schema);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private SourceRecord record() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0, 0, 0, 0, 1});
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(JourneySnapshot.class).write(journey.webhook(1, "STARTED", null), encoder);
        encoder.flush();
        var key = journey.borrower.value().getBytes(UTF_8);
        return new SourceRecord(0, SnapshotFixtures.START, key, bytes.toByteArray(), Map.of());
    }
}

package dev.borrowerjourney.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class KafkaSnapshotsIT extends SnapshotsContract {

    static final LogReader READER = new LogReader(
            TestBroker.shared().bootstrapServers(), TestRegistry.shared().url());
    static final DefaultKafkaProducerFactory<Object, Object> PRODUCERS = producers();

    private static DefaultKafkaProducerFactory<Object, Object> producers() {
        var configured = new HashMap<String, Object>();
        configured.put("bootstrap.servers", TestBroker.shared().bootstrapServers());
        configured.put("schema.registry.url", TestRegistry.shared().url());
        var settings = new HashMap<>(configured);
        settings.putAll(KafkaDurability.settings(configured, Duration.ofMinutes(1)));
        var producers = new DefaultKafkaProducerFactory<Object, Object>(settings);
        var keys = new StringSerializer();
        producers.setKeySerializer((topic, key) -> keys.serialize(topic, (String) key));
        producers.setValueSerializer(KafkaDurability.serializer(configured));
        return producers;
    }

    @AfterAll
    static void closeProducers() {
        PRODUCERS.destroy();
    }

    @Override
    Snapshots snapshots() {
        return new KafkaSnapshots(PRODUCERS);
    }

    @Override
    List<JourneySnapshot> published(String eventId) {
        return records(TopicCatalogue.JOURNEY_SNAPSHOTS, eventId)
                .map(written -> (JourneySnapshot) written.value())
                .toList();
    }

    @Override
    List<QuarantinedDelivery> quarantined(String eventId) {
        return records(TopicCatalogue.QUARANTINE, eventId)
                .map(written -> (QuarantinedDelivery) written.value())
                .toList();
    }

    @Test
    void keysByBorrowerAndDescribesTheEvent() {
        snapshots().publish(snapshot(), origin).block();

        assertThat(records(TopicCatalogue.JOURNEY_SNAPSHOTS, eventId))
                .singleElement()
                .satisfies(written -> {
                    assertThat(written.key()).isEqualTo("borrower");
                    assertThat(header(written, "ce_source")).isEqualTo("/webhook-ingest-service");
                    assertThat(header(written, "ce_type")).isEqualTo("dev.borrowerjourney.journey-snapshot.v1");
                    assertThat(header(written, "ce_time")).isEqualTo("2026-03-05T16:48:30.123Z");
                    assertThat(header(written, EventHeaders.CORRELATION_ID)).isEqualTo(origin.correlationId());
                    assertThat(written.headers().lastHeader("ce_subject")).isNull();
                });
    }

    /** A producer that was just made knows no leader, says so before it serializes, and is asked again. */
    @Test
    void asksTheRegistryOnlyFromThreadsThatMayWait() {
        var serializedWhereNothingMayWait = new ConcurrentLinkedQueue<Boolean>();
        var producers = producers();
        var serializer = Objects.requireNonNull(producers.getValueSerializer());
        producers.setValueSerializer((topic, value) -> {
            serializedWhereNothingMayWait.add(Schedulers.isInNonBlockingThread());
            return serializer.serialize(topic, value);
        });

        Mono.defer(() -> new KafkaSnapshots(producers).publish(snapshot(), origin))
                .subscribeOn(Schedulers.parallel())
                .block(Duration.ofMinutes(1));
        producers.destroy();

        assertThat(serializedWhereNothingMayWait).containsExactly(false);
    }

    private Stream<ConsumerRecord<String, Object>> records(String topic, String eventId) {
        return READER.all(topic).stream()
                .filter(written -> header(written, EventHeaders.ID).equals(eventId));
    }

    private static String header(ConsumerRecord<String, Object> written, String name) {
        return EventHeaders.text(written.headers(), name).orElse("");
    }
}

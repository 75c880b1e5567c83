package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.ingest.delivery.Kept;
import dev.borrowerjourney.ingest.quarantine.Entry.Release;
import dev.borrowerjourney.ingest.scan.KafkaScan;
import dev.borrowerjourney.ingest.scan.Scanned;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The quarantine topic. That a delivery was released is a record, too: the same key and partition, no value, and headers
 * that say which offset was released, by whom and when.
 */
class KafkaQuarantine implements DisposableBean {

    private static final String RELEASED_OFFSET = "released_offset";
    private static final String RELEASED_BY = "released_by";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private record Place(int partition, long offset) {}

    /** An entry with what it takes to send it on. */
    record Sealed(Kept kept, Origin origin) {}

    /** Of the request that the delivery came with, empty where unknown. */
    record Origin(Optional<String> correlationId, Optional<String> traceparent) {}

    private final KafkaProperties kafka;
    private final ProducerFactory<Object, Object> producers;

    KafkaQuarantine(KafkaProperties kafka, ProducerFactory<Object, Object> producers) {
        this.kafka = kafka;
        // The service's own producer never waits, not even for the partitions of a topic; a command has the time.
        this.producers = producers.copyWithConfigurationOverride(
                Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis()));
    }

    /** All entries that the topic holds, the earliest received first. */
    List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        var releases = new HashMap<Place, Release>();
        try (var scan = scan()) {
            scan.all(null, found -> found.value()
                    .ifPresentOrElse(
                            value -> entries.add(entry(found, (QuarantinedDelivery) value)),
                            () -> noteRelease(found, releases)));
        }
        return entries.stream()
                .map(entry -> entry.with(releases.get(new Place(entry.partition(), entry.offset()))))
                .sorted(Comparator.comparing(Entry::receivedAt)
                        .thenComparingInt(Entry::partition)
                        .thenComparingLong(Entry::offset))
                .toList();
    }

    /** What an entry keeps sealed. */
    Sealed sealed(Entry entry) {
        try (var scan = scan()) {
            var found = scan.at(entry.partition(), entry.offset())
                    .orElseThrow(() -> new IllegalStateException(
                            "event " + entry.eventId() + ": its record has left the topic meanwhile"));
            var delivery = (QuarantinedDelivery) found.value().orElseThrow();
            return new Sealed(
                    new Kept(
                            delivery.getApplicationId(),
                            delivery.getEventId(),
                            delivery.getSecretId(),
                            delivery.getReceivedAt(),
                            delivery.getSealed()),
                    new Origin(found.header(EventHeaders.CORRELATION_ID), found.header(EventHeaders.TRACEPARENT)));
        }
    }

    /** Returns once it is durable that the entry was released. */
    void markReleased(Entry entry, String by, Instant at) {
        var place = entry.partition() + ":" + entry.offset();
        var headers = new EventHeaders(
                        EventIds.named("quarantine-released", place, at.toString())
                                .toString(),
                        "/webhook-ingest-service",
                        EventHeaders.type("quarantine-released"),
                        null,
                        at,
                        null,
                        null)
                .toKafka();
        headers.add(RELEASED_OFFSET, text(Long.toString(entry.offset())));
        headers.add(RELEASED_BY, text(by));
        var marker = new ProducerRecord<Object, Object>(
                TopicCatalogue.QUARANTINE, entry.partition(), entry.eventId(), null, headers);
        try {
            producers.createProducer().send(marker).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("event " + entry.eventId() + ": interrupted before it was marked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "event " + entry.eventId()
                            + ": published, and not marked as released, because Kafka did not take it",
                    e);
        }
    }

    @Override
    public void destroy() {
        producers.reset();
    }

    private KafkaScan scan() {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        return new KafkaScan(settings, TopicCatalogue.QUARANTINE);
    }

    private static void noteRelease(Scanned found, Map<Place, Release> releases) {
        found.header(RELEASED_OFFSET)
                .filter(offset -> offset.matches("[0-9]{1,18}"))
                .ifPresent(offset -> releases.put(
                        new Place(found.partition(), Long.parseLong(offset)),
                        new Release(
                                found.header(RELEASED_BY).orElse("unknown"),
                                found.header("ce_time").orElse("unknown"))));
    }

    private static Entry entry(Scanned found, QuarantinedDelivery delivery) {
        return new Entry(
                found.partition(),
                found.offset(),
                delivery.getEventId(),
                delivery.getApplicationId(),
                delivery.getSecretId(),
                delivery.getReason(),
                delivery.getDetail(),
                delivery.getReceivedAt(),
                null);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.borrowerjourney.ingest.proof;

import dev.borrowerjourney.ingest.scan.KafkaScan;
import dev.borrowerjourney.ingest.scan.Scanned;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Finds records of {@code journey-snapshots}. */
class KafkaSnapshotLog {

    record Recorded(int partition, long offset, JourneySnapshot snapshot) {}

    private final KafkaProperties kafka;

    KafkaSnapshotLog(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /**
     * All records of an event: a redelivery is one, too.
     *
     * @param since when the earliest was written, or null for as long as the topic holds
     */
    List<Recorded> find(String eventId, @Nullable Instant since) {
        var found = new ArrayList<Recorded>();
        try (var scan = scan()) {
            scan.all(since, record -> {
                // Only the header is looked at, so that a month of records need not be decoded.
                if (record.header(EventHeaders.ID).filter(eventId::equals).isPresent()) {
                    recorded(record).ifPresent(found::add);
                }
            });
        }
        return found;
    }

    Optional<Recorded> at(int partition, long offset) {
        try (var scan = scan()) {
            return scan.at(partition, offset).flatMap(KafkaSnapshotLog::recorded);
        }
    }

    private KafkaScan scan() {
        return new KafkaScan(kafka.buildConsumerProperties(), TopicCatalogue.JOURNEY_SNAPSHOTS);
    }

    private static Optional<Recorded> recorded(Scanned record) {
        return record.value().map(value -> new Recorded(record.partition(), record.offset(), (JourneySnapshot) value));
    }
}

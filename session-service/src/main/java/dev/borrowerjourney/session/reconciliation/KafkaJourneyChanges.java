package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/** Hears what changed in the read model, by webhook or by poll: how often a journey is asked about depends on it. */
final class KafkaJourneyChanges implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJourneyChanges.class);

    private final Deserializer<Object> values;
    private final Incoming incoming;
    private final Duration longest;
    private final Clock clock;

    KafkaJourneyChanges(Deserializer<Object> values, Incoming incoming, Duration longest, Clock clock) {
        this.values = values;
        this.incoming = incoming;
        this.longest = longest;
        this.clock = clock;
    }

    /** Fails as a whole while the database is away, and is given again. */
    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        var oldest = clock.instant().minus(longest);
        var latest = new LinkedHashMap<String, Changed>();
        for (var record : records) {
            read(record).filter(changed -> changed.at().isAfter(oldest)).ifPresent(changed -> {
                var key = changed.borrower().journeyKey(changed.journeyId());
                latest.merge(key, changed, (one, other) -> other.version() > one.version() ? other : one);
            });
        }
        if (!latest.isEmpty()) {
            incoming.changed(List.copyOf(latest.values()));
        }
    }

    /** What cannot be read costs a journey nothing but its pace until the next look. */
    private Optional<Changed> read(ConsumerRecord<String, byte[]> record) {
        try {
            if (!(values.deserialize(record.topic(), record.headers(), record.value())
                    instanceof JourneyChanged changed)) {
                return Optional.empty();
            }
            var core = changed.getAfter().getCore();
            return Optional.of(new Changed(
                    new BorrowerKey(changed.getBorrowerKey()),
                    UUID.fromString(changed.getApplicationId()),
                    changed.getJourneyId(),
                    changed.getVersion(),
                    new Told(core.getStatus(), core.getNextAction()),
                    changed.getChangedAt()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}-{}@{} skipped: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}

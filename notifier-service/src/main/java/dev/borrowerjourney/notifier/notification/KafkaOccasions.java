package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.notification.NotificationMetrics.Heard;
import dev.borrowerjourney.notifier.notification.Occasions.Core;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyCore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.BatchMessageListener;

/** Hears each change once in the group, and writes down which devices are to be told of it, and when. */
final class KafkaOccasions implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOccasions.class);

    private final Deserializer<Object> values;
    private final Occasions occasions;
    private final PostgresNotifications notifications;
    private final NotificationMetrics metrics;
    private final InstantSource clock;

    KafkaOccasions(
            Deserializer<Object> values,
            Occasions occasions,
            PostgresNotifications notifications,
            NotificationMetrics metrics,
            InstantSource clock) {
        this.values = values;
        this.occasions = occasions;
        this.notifications = notifications;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Fails as a whole while the database is away, and is given again; what was written then is not written twice. */
    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        var oldest = records.stream().mapToLong(ConsumerRecord::timestamp).min().orElse(clock.millis());
        metrics.behind(Duration.ofMillis(clock.millis() - oldest));
        hear(records);
        metrics.behind(Duration.ZERO);
    }

    private void hear(List<ConsumerRecord<String, byte[]>> records) {
        var due = new ArrayList<Due>();
        for (var record : records) {
            try {
                read(record).flatMap(this::due).ifPresent(due::add);
            } catch (RuntimeException e) {
                unreadable(record, e.getClass().getSimpleName());
            }
        }
        if (!due.isEmpty()) {
            write(due);
        }
    }

    /** One that the database will never keep is passed over, for the partition would stand still before it for ever. */
    private void write(List<Due> due) {
        try {
            metrics.added(notifications.add(due));
        } catch (DataAccessException e) {
            if (!PostgresRefusal.blamesData(e)) {
                throw e;
            }
            if (due.size() > 1) {
                due.forEach(each -> write(List.of(each)));
                return;
            }
            metrics.heard(Heard.UNREADABLE).increment();
            LOG.warn(
                    "Change {} skipped: the database refuses it, {}",
                    due.getFirst().changeId(),
                    e.getClass().getSimpleName());
        }
    }

    private Optional<JourneyChanged> read(ConsumerRecord<String, byte[]> record) {
        if (!(values.deserialize(record.topic(), record.headers(), record.value()) instanceof JourneyChanged changed)) {
            unreadable(record, "no JourneyChanged");
            return Optional.empty();
        }
        // No database keeps such a text, and the records behind this one would wait for ever.
        if (changed.getJourneyId().indexOf('\0') >= 0) {
            unreadable(record, "journey id with U+0000");
            return Optional.empty();
        }
        return Optional.of(changed);
    }

    private Optional<Due> due(JourneyChanged changed) {
        var before = changed.getBefore();
        var kind = occasions.of(
                before == null ? null : core(before.getCore()),
                core(changed.getAfter().getCore()));
        if (kind.isEmpty()) {
            metrics.heard(Heard.INDIFFERENT).increment();
            return Optional.empty();
        }
        var rule = occasions.rule(kind.get());
        var now = clock.instant();
        var expiresAt = changed.getChangedAt().plus(rule.timeToLive());
        if (!now.isBefore(expiresAt)) {
            metrics.heard(Heard.EXPIRED).increment();
            return Optional.empty();
        }
        var due = new Due(
                UUID.fromString(changed.getChangeId()),
                UUID.fromString(changed.getApplicationId()),
                new BorrowerKey(changed.getBorrowerKey()),
                changed.getJourneyId(),
                changed.getVersion(),
                kind.get(),
                changed.getChangedAt(),
                later(changed.getChangedAt(), now).plus(rule.after()),
                expiresAt);
        metrics.heard(Heard.CALLS).increment();
        return Optional.of(due);
    }

    /** A change that comes late comes late to the connected devices, too: they have their time from now on. */
    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Core core(JourneyCore core) {
        return new Core(core.getStatus(), core.getNextAction());
    }

    private void unreadable(ConsumerRecord<String, byte[]> record, String reason) {
        metrics.heard(Heard.UNREADABLE).increment();
        LOG.warn("{}-{}@{} skipped: {}", record.topic(), record.partition(), record.offset(), reason);
    }
}

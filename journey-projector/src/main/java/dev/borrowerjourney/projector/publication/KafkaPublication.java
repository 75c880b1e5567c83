package dev.borrowerjourney.projector.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.state.DeadLetterId;
import dev.borrowerjourney.projector.state.LogPartition;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Publishes rows above the published position, each batch in one transaction with the source offset. */
public final class KafkaPublication {

    private static final String SOURCE = "/journey-projector";

    private final PostgresOutbox outbox;
    private final KafkaTransactions transactions;

    // Serializers keep what the registry told them, and belong to one thread.
    private final ThreadLocal<Serializer<Object>> serializer;

    KafkaPublication(PostgresOutbox outbox, KafkaTransactions transactions, Supplier<Serializer<Object>> serializers) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.serializer = ThreadLocal.withInitial(serializers);
    }

    /**
     * How far a partition is published.
     *
     * @param position of the last published row
     * @param cursor the next offset to publish
     * @param records sent
     */
    public record Published(long position, long cursor, int records) {}

    /**
     * Publishes the next rows, at most a batch of them; the position tells whether there are more.
     *
     * @param position of the last published row
     * @param nextOffset the offset after the last applied one
     * @param epoch of the leader that wrote the last applied record, as far as it is known
     * @param group as of now, taken on the consumer's thread: the fence
     * @throws RuntimeException on any trouble; whether it was published is then for the committed offset to tell
     */
    public Published publish(
            LogPartition partition,
            long position,
            long nextOffset,
            Optional<Integer> epoch,
            ConsumerGroupMetadata group) {
        var waiting = outbox.atOneMoment(() -> waiting(partition, position, nextOffset));
        long cursor = waiting.cursor();
        long last =
                waiting.rows().isEmpty() ? position : waiting.rows().getLast().position();
        var records = records(waiting.rows(), waiting.states());
        transactions.commit(
                records,
                Map.of(
                        topicPartition(partition),
                        offset(partition, last, cursor, cursor == nextOffset ? epoch : Optional.empty())),
                group);
        return new Published(last, cursor, records.size());
    }

    /**
     * Rows of one partition that were committed to the database a moment ago, by whoever asks for their publication.
     *
     * @param rows all above what is published, in order of positions; at least one
     * @param states that the changes among them have led to
     */
    public record Fresh(
            LogPartition partition,
            List<Outgoing> rows,
            List<Outgoing.Latest> states,
            long nextOffset,
            Optional<Integer> epoch) {

        public long position() {
            return rows.getLast().position();
        }
    }

    /**
     * Publishes what need not be read, for all partitions at once.
     *
     * @param group as of now, taken on the consumer's thread: the fence
     * @throws RuntimeException on any trouble; whether it was published is then for the committed offsets to tell
     */
    public void publish(List<Fresh> partitions, ConsumerGroupMetadata group) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var fresh : partitions) {
            records.addAll(records(fresh.rows(), fresh.states()));
            offsets.put(
                    topicPartition(fresh.partition()),
                    offset(fresh.partition(), fresh.position(), fresh.nextOffset(), fresh.epoch()));
        }
        transactions.commit(records, offsets, group);
    }

    private static TopicPartition topicPartition(LogPartition partition) {
        return new TopicPartition(partition.topic(), partition.partition());
    }

    private static OffsetAndMetadata offset(
            LogPartition partition, long position, long cursor, Optional<Integer> epoch) {
        return new OffsetAndMetadata(cursor, epoch, new PublishedMark(partition.topicId(), position).metadata());
    }

    /** What is to be sent, and the cursor after it. */
    private record Waiting(List<Outgoing> rows, List<Outgoing.Latest> states, long cursor) {}

    private Waiting waiting(LogPartition partition, long position, long nextOffset) {
        var portion = outbox.after(partition.partition(), position);
        var changes = portion.rows().stream()
                .filter(Outgoing.Change.class::isInstance)
                .map(Outgoing.Change.class::cast)
                .toList();
        return new Waiting(
                portion.rows(),
                changes.isEmpty() ? List.of() : outbox.latest(changes),
                portion.leftOut() == null ? nextOffset : portion.leftOut());
    }

    private List<ProducerRecord<byte[], byte[]>> records(List<Outgoing> rows, List<Outgoing.Latest> states) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var row : rows) {
            records.add(
                    switch (row) {
                        case Outgoing.Change change -> record(change);
                        case Outgoing.Letter letter -> record(letter);
                    });
        }
        states.forEach(latest -> records.add(record(latest)));
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(Outgoing.Change change) {
        var value = change.value();
        var headers = new EventHeaders(
                value.getChangeId(),
                SOURCE,
                EventHeaders.type("journey-changed"),
                value.getJourneyId(),
                value.getChangedAt(),
                change.correlationId(),
                change.traceparent());
        return record(TopicCatalogue.JOURNEY_CHANGES, value.getBorrowerKey().getBytes(UTF_8), value, headers);
    }

    private ProducerRecord<byte[], byte[]> record(Outgoing.Latest latest) {
        var value = latest.value();
        var id = EventIds.state(new BorrowerKey(value.getBorrowerKey()), value.getJourneyId(), value.getVersion());
        var headers = new EventHeaders(
                id.toString(),
                SOURCE,
                EventHeaders.type("journey-state"),
                value.getJourneyId(),
                value.getChangedAt(),
                latest.correlationId(),
                latest.traceparent());
        return record(TopicCatalogue.JOURNEYS, latest.journeyKey().getBytes(UTF_8), value, headers);
    }

    private ProducerRecord<byte[], byte[]> record(Outgoing.Letter letter) {
        DeadLetter value = letter.value();
        var source = value.getSourceOffset();
        var headers = new EventHeaders(
                new DeadLetterId(source.getTopicId(), source.getPartition(), source.getOffset()).toString(),
                SOURCE,
                EventHeaders.type("dead-letter"),
                null,
                value.getRecordedAt(),
                null,
                null);
        return record(TopicCatalogue.DEAD_LETTERS, letter.key(), value, headers);
    }

    private ProducerRecord<byte[], byte[]> record(
            String topic, byte @Nullable [] key, Object value, EventHeaders headers) {
        return new ProducerRecord<>(topic, null, key, serializer.get().serialize(topic, value), headers.toKafka());
    }
}

package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.publication.KafkaPublication;
import dev.borrowerjourney.projector.state.LogPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition in the hands of its owner, on the consumer's thread alone. Any trouble pauses the partition and forgets
 * what was known of it; a second later it begins again from the offset row and the committed offset, without end. So there
 * is one way to recover, and it is the one that every start takes.
 */
final class KafkaLane implements KafkaBeginnings.Beginner {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLane.class);
    private static final Duration SAME_TOPIC = Duration.ofSeconds(1);

    /** What all lanes share. */
    record Tools(
            KafkaTopics topics,
            PartitionStart starts,
            Projection projection,
            KafkaPublication publication,
            ProjectionMetrics metrics,
            Owned owned) {}

    private final TopicPartition source;
    private final Tools tools;
    private final Owned.Holding holding;
    private final Backlog backlog;
    private final StartAlarms alarms;
    private final KnownJourneys journeys = new KnownJourneys();
    private @Nullable LogPartition partition;

    /** What is applied and published as far as this owner knows; null while the partition is paused. */
    private @Nullable OffsetRow known;

    /** Where the log was cut off, though it may be longer again, until it was begun anew for that. */
    private long cutAt = Long.MAX_VALUE;

    /** The leader's epoch of the last applied record, by which the broker finds out that it is gone; or unknown. */
    private Optional<Integer> epoch = Optional.empty();

    private final Told told = new Told();

    /** What went wrong since a record was applied last; beginning again is no progress yet. */
    private @Nullable String stuck;

    /** The next offset to apply by the last that was known; kept while the partition is paused, for the lag. */
    private @Nullable Long next;

    KafkaLane(TopicPartition source, Tools tools) {
        this.source = source;
        this.tools = tools;
        this.holding = tools.owned().hold(source.partition());
        this.backlog = new Backlog(holding, tools.metrics());
        this.alarms = new StartAlarms(source.toString(), tools.metrics());
    }

    @Override
    public void postpone(Consumer<?, ?> consumer) {
        halt(consumer, "starting");
    }

    @Override
    public boolean begun() {
        return known != null;
    }

    @Override
    public boolean waitedInVain() {
        return known == null && TimeoutException.class.getSimpleName().equals(stuck);
    }

    /** Begins where the offset row says, after what waits is published. */
    @Override
    public void start(Consumer<?, ?> consumer) {
        halt(consumer, "starting");
        try {
            var begun = begin(consumer);
            if (begun != null) {
                publish(consumer);
                consumer.seek(source, new OffsetAndMetadata(begun.applied() + 1, epoch, ""));
                consumer.resume(Set.of(source));
                if (stuck == null || backlog.isEmpty()) {
                    progressed();
                }
            }
        } catch (RuntimeException e) {
            trouble(consumer, e);
        }
    }

    /** The records as a batch to be applied, unless the partition is paused: then they will be fetched again. */
    Optional<Projection.Batch> read(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        if (known == null || partition == null) {
            return Optional.empty();
        }
        try {
            assertSameTopic(partition);
            var decoded = tools.projection()
                    .decode(records.stream().map(KafkaLane::source).toList());
            return Optional.of(new Projection.Batch(partition, decoded, known, journeys));
        } catch (RuntimeException e) {
            trouble(consumer, e);
            return Optional.empty();
        }
    }

    /**
     * Takes note of what was committed.
     *
     * @param last of the batch's records
     * @return what there is to publish and need not be read; empty if there is nothing, or something that must be
     */
    Optional<KafkaPublication.Fresh> applied(Applied.Advance advance, ConsumerRecord<byte[], byte[]> last) {
        var before = Objects.requireNonNull(known);
        known = advance.known();
        next = advance.offset() + 1;
        epoch = last.offset() == advance.offset() ? last.leaderEpoch() : Optional.empty();
        backlog.applied(last.timestamp());
        boolean nothingElse = before.publishedPosition() == advance.positionBefore()
                && advance.deadLetters().isEmpty();
        if (!nothingElse || advance.changes() == 0) {
            return Optional.empty();
        }
        var announcement = new Announcement(advance.partition());
        return Optional.of(new KafkaPublication.Fresh(
                advance.partition(),
                announcement.changes(advance.folds()),
                announcement.states(advance.folds()),
                advance.offset() + 1,
                epoch));
    }

    /** Takes note of what was published. */
    void published(KafkaPublication.Fresh fresh) {
        var row = Objects.requireNonNull(known);
        known = row.published(fresh.position(), fresh.nextOffset());
    }

    /** Publishes what still waits, and ends the turn. */
    void finish(Consumer<?, ?> consumer) {
        var row = known;
        if (row == null) {
            return;
        }
        try {
            if (row.lastPosition() > row.publishedPosition()) {
                publish(consumer);
            }
            measure(consumer);
            progressed();
        } catch (RuntimeException e) {
            trouble(consumer, e);
        }
    }

    /**
     * Looks after a partition without records: begins it if it is paused, publishes what others have written, and notices
     * that the database has lost commits, which no record may tell for long.
     */
    void look(Consumer<?, ?> consumer) {
        if (known == null) {
            start(consumer);
            return;
        }
        try {
            var log = Objects.requireNonNull(partition);
            assertSameTopic(log);
            known = tools.projection().look(log, known, journeys);
            publish(consumer);
            measure(consumer);
            if (backlog.isEmpty()) {
                progressed();
            }
        } catch (RuntimeException e) {
            trouble(consumer, e);
        }
    }

    /** The log was cut off here, and what follows is not what it was. */
    void cut(long offset) {
        cutAt = Math.min(cutAt, offset);
    }

    /** Pauses; the next look begins anew. */
    void trouble(Consumer<?, ?> consumer, RuntimeException trouble) {
        tools.metrics().trouble();
        stuck = trouble.getClass().getSimpleName();
        halt(consumer, stuck);
        var message = String.valueOf(trouble.getMessage());
        if (told.isNews(message) || told.isLongAgo()) {
            LOG.warn("{} is paused and will begin again: {}", source, message, trouble);
            told.now(message);
        }
    }

    /** Gives the partition up; what it still does afterwards is lost at the offset row and at the group's generation. */
    void end() {
        holding.end();
        backlog.end();
    }

    private void halt(Consumer<?, ?> consumer, String why) {
        known = null;
        journeys.forget();
        holding.waiting(stuck == null ? why : stuck);
        // A lost partition can be neither paused nor sought; its next owner begins it.
        if (consumer.assignment().contains(source)) {
            consumer.pause(Set.of(source));
        }
    }

    /** A topic that is made anew under its name may be as long as the old one was, and then nothing else tells. */
    private void assertSameTopic(LogPartition log) {
        if (!tools.topics().idOf(log.topic(), SAME_TOPIC).equals(log.topicId())) {
            throw new IllegalStateException(log + ": the topic was made anew");
        }
    }

    private @Nullable OffsetRow begin(Consumer<?, ?> consumer) {
        var log = new LogPartition(source.topic(), tools.topics().idOf(source.topic()), source.partition());
        var asked = KafkaAnswers.about(source, consumer);
        var facts = asked.facts(cutAt);
        // First of all, because trouble of the database is what makes records wait.
        backlog.measured(facts.end() - (next == null ? facts.first() : next));
        var begun = tools.starts().begin(log, facts);
        cutAt = begun.row() == null ? cutAt : Long.MAX_VALUE;
        epoch = asked.epochAt(begun.answer());
        partition = log;
        known = begun.row();
        next = known == null ? next : Long.valueOf(known.applied() + 1);
        tell(begun.answer());
        return begun.row();
    }

    private void tell(StartPosition answer) {
        if (!(answer instanceof StartPosition.Undecided(var message))) {
            alarms.tell(answer);
            return;
        }
        holding.waiting(message);
        if (told.isNews(message)) {
            alarms.tell(answer);
            told.now(message);
        }
    }

    /** Publishes until nothing waits; also moves the cursor where batches changed nothing. */
    private void publish(Consumer<?, ?> consumer) {
        var row = known;
        if (row == null || partition == null) {
            return;
        }
        long next = row.applied() + 1;
        // A cursor beyond the row tells up to where the log is only applied again; it must not be taken back for
        // nothing.
        while (row.lastPosition() > row.publishedPosition() || row.cursor() == null || next > row.cursor()) {
            var before = Instant.now();
            var published = tools.publication()
                    .publish(partition, row.publishedPosition(), next, epoch, consumer.groupMetadata());
            tools.metrics().published(Duration.between(before, Instant.now()));
            row = row.published(published.position(), published.cursor());
            known = row;
            if (published.records() == 0) {
                return;
            }
        }
    }

    private void measure(Consumer<?, ?> consumer) {
        consumer.currentLag(source).ifPresent(backlog::measured);
    }

    private void progressed() {
        stuck = null;
        told.forget();
        holding.started();
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, byte[]>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        return new SourceRecord(
                record.offset(), Instant.ofEpochMilli(record.timestamp()), record.key(), record.value(), headers);
    }
}

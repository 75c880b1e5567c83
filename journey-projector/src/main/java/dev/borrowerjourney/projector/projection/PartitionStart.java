package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.publication.PublishedMark;
import dev.borrowerjourney.projector.state.LogPartition;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Decides where the owner of a partition begins, and makes the offset row say so. */
final class PartitionStart {

    private final PostgresOffsets offsets;
    private final PostgresDueJourneys due;
    private final TransactionOperations transaction;

    PartitionStart(PostgresOffsets offsets, PostgresDueJourneys due, TransactionOperations transaction) {
        this.offsets = offsets;
        this.due = due;
        this.transaction = transaction;
    }

    /**
     * What Kafka knows of a partition.
     *
     * @param committed the committed offset, or null
     * @param mark what its metadata says; empty where somebody else committed it
     * @param beginning the log's first offset
     * @param end the offset after the log's last
     */
    record Facts(@Nullable Long committed, Optional<PublishedMark> mark, long beginning, long end) {

        /** An offset that belongs to a topic of another id says nothing of this one. */
        private @Nullable Long cursorOf(LogPartition partition) {
            return ofAnotherTopic(partition) ? null : committed;
        }

        private boolean ofAnotherTopic(LogPartition partition) {
            return mark.filter(published -> !published.topicId().equals(partition.topicId()))
                    .isPresent();
        }

        /** The first record that may not be applied yet, as far as Kafka tells. */
        long first() {
            return committed == null ? beginning : Math.max(beginning, committed);
        }

        private long published() {
            return mark.map(PublishedMark::position).orElse(0L);
        }
    }

    /**
     * Where to go on.
     *
     * @param answer what was found
     * @param row what the owner may take for true now; null if the answer is undecided
     */
    record Begun(StartPosition answer, @Nullable OffsetRow row) {}

    Begun begin(LogPartition partition, Facts facts) {
        return Objects.requireNonNull(transaction.execute(_ -> decide(partition, facts)));
    }

    private Begun decide(LogPartition partition, Facts facts) {
        var row = offsets.lock(partition).orElse(null);
        var predecessor = row == null ? offsets.predecessor(partition).orElse(null) : null;
        var cursor = cursor(row, facts.cursorOf(partition));
        var answer = StartPosition.of(new StartPosition.Situation(
                row == null ? null : row.applied(),
                cursor,
                predecessor != null || facts.ofAnotherTopic(partition),
                facts.beginning(),
                facts.end()));
        return new Begun(answer, apply(answer, partition, facts, row == null ? fresh(predecessor) : row));
    }

    private @Nullable OffsetRow apply(StartPosition answer, LogPartition partition, Facts facts, OffsetRow known) {
        long published = Math.max(known.publishedPosition(), facts.published());
        return switch (answer) {
            case StartPosition.FirstStart(long offset) -> insert(partition, from(offset, known, published));
            case StartPosition.NewTopic(long offset) -> insert(partition, from(offset, known, published));
            case StartPosition.Gap(long offset, long missingFrom) ->
                reconciled(partition, "LOG_GAP", from(offset, known, published));
            case StartPosition.Truncation(long offset, long end) ->
                reconciled(partition, "LOG_TRUNCATION", from(offset, known, published));
            case StartPosition.Resume(long offset, long cursor) ->
                known.at(offset - 1, known.lastPosition()).published(published, cursor);
            case StartPosition.Replay(long offset, long cursor) -> replay(partition, offset, cursor, known, published);
            case StartPosition.Undecided _ -> null;
        };
    }

    /** Positions go on where they were: what is new from here on must not look published. */
    private static OffsetRow from(long offset, OffsetRow known, long published) {
        return known.at(offset - 1, Math.max(known.lastPosition(), published)).published(published, offset);
    }

    /**
     * Positions are given again as they were, so that what is published already is not published twice. The row tells so at
     * once: a rebuild must not give any meanwhile.
     */
    private OffsetRow replay(LogPartition partition, long offset, long cursor, OffsetRow known, long published) {
        var row = known.at(offset - 1, known.lastPosition()).published(published, cursor);
        var found = insert(partition, row);
        offsets.noteReplay(partition, published, cursor);
        return found;
    }

    private OffsetRow insert(LogPartition partition, OffsetRow row) {
        offsets.insert(partition, row);
        return offsets.find(partition)
                .map(found ->
                        found.published(Math.max(found.publishedPosition(), row.publishedPosition()), row.cursor()))
                .orElse(row);
    }

    /** What the lost records said is for the platform to tell once more. */
    private OffsetRow reconciled(LogPartition partition, String cause, OffsetRow row) {
        due.unfinished(partition, cause);
        return update(partition, row);
    }

    private OffsetRow update(LogPartition partition, OffsetRow row) {
        offsets.update(partition, row);
        return row;
    }

    private static OffsetRow fresh(@Nullable OffsetRow predecessor) {
        return predecessor == null ? new OffsetRow(-1, 0, 0, null, 0) : predecessor;
    }

    private static @Nullable Long cursor(@Nullable OffsetRow row, @Nullable Long committed) {
        var noted = row == null ? null : row.cursor();
        if (noted == null || committed == null) {
            return noted == null ? committed : noted;
        }
        return Math.max(noted, committed);
    }
}

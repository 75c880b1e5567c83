package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.Nullable;

/**
 * Where the owner of a partition begins. The offset row decides and not Kafka's offset; what does not fit together is
 * answered in one known way each.
 */
sealed interface StartPosition {

    /** Nothing anywhere: the first start of all. */
    record FirstStart(long offset) implements StartPosition {}

    /** The topic was made anew under its name: from its beginning, which is no continuation of anything. */
    record NewTopic(long offset) implements StartPosition {}

    /** All is well. */
    record Resume(long offset, long cursor) implements StartPosition {}

    /**
     * The database lost what it had committed: what was published already is applied again, with the same versions, and
     * is not published again.
     */
    record Replay(long offset, long cursor) implements StartPosition {}

    /** Records from an offset up to the log's beginning are gone, unapplied. */
    record Gap(long offset, long missingFrom) implements StartPosition {}

    /** The log ends before what was applied. */
    record Truncation(long offset, long end) implements StartPosition {}

    /** Nobody but an operator can tell what was published. */
    record Undecided(String message) implements StartPosition {}

    /**
     * What is known when a partition is assigned.
     *
     * @param applied the last applied offset by the offset row, or null without a row
     * @param cursor the next offset to publish, the greater of Kafka's and the noted one; null if neither is there
     * @param otherTopicIdKnown whether there are rows or cursors of a topic of this name with another id
     * @param beginning the log's first offset
     * @param end the offset after the log's last
     */
    record Situation(
            @Nullable Long applied, @Nullable Long cursor, boolean otherTopicIdKnown, long beginning, long end) {}

    static StartPosition of(Situation situation) {
        var applied = situation.applied();
        return applied == null ? withoutRow(situation) : withRow(situation, applied + 1);
    }

    private static StartPosition withoutRow(Situation situation) {
        var cursor = situation.cursor();
        if (cursor != null) {
            return situation.beginning() == 0
                    ? new Replay(0, cursor)
                    : new Undecided("the database knows nothing of this partition, Kafka's cursor stands at " + cursor
                            + " and the log begins at " + situation.beginning()
                            + ": restore the database, or delete the consumer group's offset of this partition"
                            + " to begin anew with what the log still holds");
        }
        return situation.otherTopicIdKnown()
                ? new NewTopic(situation.beginning())
                : new FirstStart(situation.beginning());
    }

    private static StartPosition withRow(Situation situation, long next) {
        var cursor = situation.cursor();
        if (cursor == null) {
            return new Undecided("the offset row stands at " + (next - 1) + " and no cursor tells what was published:"
                    + " set projection_offset.cursor_offset and published_position of this partition");
        }
        if (situation.beginning() > next) {
            return new Gap(situation.beginning(), next);
        }
        if (situation.end() < next) {
            return new Truncation(situation.beginning(), situation.end());
        }
        return cursor > next ? new Replay(next, cursor) : new Resume(next, cursor);
    }
}

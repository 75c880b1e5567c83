package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition is.
 *
 * @param applied the last applied offset; one less than the first to apply while nothing is
 * @param lastPosition the position given last
 * @param publishedPosition the position known to be published
 * @param cursor the next offset to publish as of the last batch; null only where somebody took it away
 * @param edited how often somebody wrote journeys of the partition beside its log
 */
record OffsetRow(
        long applied,
        long lastPosition,
        long publishedPosition,
        @Nullable Long cursor,
        long edited) {

    OffsetRow at(long offset, long position) {
        return new OffsetRow(offset, position, publishedPosition, cursor, edited);
    }

    OffsetRow published(long position, @Nullable Long nextToPublish) {
        return new OffsetRow(applied, lastPosition, position, nextToPublish, edited);
    }

    /** Whether the journeys of the partition are as they were: whoever writes one moves the row. */
    boolean sameJourneys(OffsetRow other) {
        return applied == other.applied && lastPosition == other.lastPosition && edited == other.edited;
    }
}

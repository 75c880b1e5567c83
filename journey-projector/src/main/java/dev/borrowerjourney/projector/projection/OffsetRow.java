package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition is.
 *
 * @param applied the last applied offset; one less than the first to apply while nothing is
 * @param lastPosition the position given last
 * @param publishedPosition the position known to be published
 * @param cursor the next offset to publish as of the last batch; null only where somebody took it away
 */
record OffsetRow(
        long applied,
        long lastPosition,
        long publishedPosition,
        @Nullable Long cursor) {}

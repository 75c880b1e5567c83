package dev.borrowerjourney.projector.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the shadow of one partition is.
 *
 * @param first where the log began when the shadow did
 * @param fillBefore registers received before this are taken from elsewhere, too; null if the log is whole
 * @param applied the last offset taken in; one less than the first while nothing is
 */
record ShadowPartition(int partition, long first, @Nullable Instant fillBefore, long applied) {

    ShadowPartition at(long offset) {
        return new ShadowPartition(partition, first, fillBefore, offset);
    }
}

package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import java.util.List;

/**
 * What a committed batch has done.
 *
 * @param offset the last applied offset of the partition, which another owner may have moved further
 * @param lastPosition the position given last
 * @param records how many were applied now
 * @param repeated how many were applied before
 */
record Applied(
        long offset,
        long lastPosition,
        int records,
        int repeated,
        int changes,
        List<Anomaly> anomalies,
        List<PoisonReason> deadLetters) {}

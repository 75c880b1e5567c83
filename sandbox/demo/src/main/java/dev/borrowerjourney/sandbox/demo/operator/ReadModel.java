package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of a journey.
 *
 * @param applied by partition of journey-snapshots, up to which offset the read model has it
 * @param connectedSince since when an app of the borrower has a stream open; null if none has
 */
record ReadModel(
        List<Projected> versions,
        Map<Integer, Long> applied,
        List<Push> pushes,
        @Nullable Acknowledged acknowledged,
        @Nullable Instant connectedSince) {

    static final ReadModel NOTHING = new ReadModel(List.of(), Map.of(), List.of(), null, null);
}

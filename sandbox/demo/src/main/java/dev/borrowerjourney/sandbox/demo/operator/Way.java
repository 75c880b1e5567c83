package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journey, and how each of its changes went through the system.
 *
 * @param connectedSince since when an app of the borrower has a stream open; null if none has
 * @param passages the latest change first
 * @param unreachable what could not be asked, so that what is shown may lack something
 */
record Way(
        String journeyId,
        @Nullable String borrower,
        @Nullable String type,
        @Nullable String status,
        @Nullable String nextAction,
        @Nullable Instant connectedSince,
        List<Passage> passages,
        List<String> unreachable) {

    /**
     * One change.
     *
     * @param told what the platform knows of it; null if it does not know of it, as of what a rebuild mended
     * @param version null if it made no version
     * @param how WEBHOOK, POLL or REBUILD: what made the version
     * @param quarantined its webhook, if that could not be read
     * @param repeats records of journey-snapshots that said it, too, and changed nothing
     */
    record Passage(
            String status,
            @Nullable String nextAction,
            @Nullable Told told,
            @Nullable Long version,
            @Nullable String how,
            @Nullable String eventId,
            @Nullable String correlationId,
            List<Station> stations,
            @Nullable Quarantined quarantined,
            List<Logged> repeats,
            List<Push> pushes) {}
}

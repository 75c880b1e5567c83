package dev.borrowerjourney.projector.oracle;

import org.jspecify.annotations.Nullable;

/**
 * One record of the log as far as it speaks of one journey. Times are milliseconds.
 *
 * @param settling a poll asked to settle an anomaly
 */
public record Said(
        Kind kind,
        String eventId,
        @Nullable Long sequence,
        @Nullable Long snapshotGeneratedAt,
        @Nullable Long eventAt,
        @Nullable Long updatedAt,
        @Nullable Long answeredAt,
        long roundTrip,
        boolean settling,
        long receivedAt,
        @Nullable String core,
        @Nullable String details) {

    /** Webhooks first: that is the order of sources. */
    public enum Kind {
        WEBHOOK,
        POLL
    }

    /** The same, said by another record. */
    public Said as(String otherEventId, long otherReceivedAt) {
        return new Said(
                kind,
                otherEventId,
                sequence,
                snapshotGeneratedAt,
                eventAt,
                updatedAt,
                answeredAt,
                roundTrip,
                settling,
                otherReceivedAt,
                core,
                details);
    }

    /** The same record, of another journey. */
    public Said withCore(String otherCore) {
        return new Said(
                kind,
                eventId,
                sequence,
                snapshotGeneratedAt,
                eventAt,
                updatedAt,
                answeredAt,
                roundTrip,
                settling,
                receivedAt,
                otherCore,
                details);
    }
}

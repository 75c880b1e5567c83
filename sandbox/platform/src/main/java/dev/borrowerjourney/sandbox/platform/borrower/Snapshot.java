package dev.borrowerjourney.sandbox.platform.borrower;

import static dev.borrowerjourney.sandbox.platform.Assumptions.SEQUENCE_BASE;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a journey that the platform told, or should have told, by webhook.
 *
 * @param position its place among all snapshots of all borrowers, from 1
 */
public record Snapshot(
        long position,
        String eventId,
        String journeyId,
        String status,
        @Nullable String nextAction,
        String trigger,
        Instant generatedAt,
        Delivery delivery) {

    public long sequence() {
        return SEQUENCE_BASE + position;
    }

    public Snapshot with(Delivery changed) {
        return new Snapshot(position, eventId, journeyId, status, nextAction, trigger, generatedAt, changed);
    }
}

package dev.borrowerjourney.projector.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter without its record.
 *
 * @param position with the partition its place in the table, which the id may share
 * @param detail an exception's type, a field's name or an SQLSTATE
 * @param key the borrower key, or the length of what is none; null if the record has no key
 * @param recordedAt the record's own timestamp
 * @param foundAt when it was given up, as far as the database remembers
 * @param replayOf the dead letter whose replay it is
 * @param decision null while it is open
 */
record Entry(
        String id,
        int partition,
        long position,
        String reason,
        @Nullable String detail,
        @Nullable String key,
        Instant recordedAt,
        Instant foundAt,
        @Nullable String replayOf,
        State state,
        @Nullable Decision decision) {

    /**
     * Who decided about it.
     *
     * @param replayedTo partition and offset of the replayed record; null if there is none
     */
    record Decision(
            Instant at, String by, String why, @Nullable String replayedTo) {

        String told() {
            return at + " by " + by + (replayedTo == null ? "" : " to " + replayedTo);
        }
    }

    String told() {
        return decision == null ? state.name() : state + " " + decision.told();
    }

    String why() {
        return detail == null ? reason : reason + " " + detail;
    }
}

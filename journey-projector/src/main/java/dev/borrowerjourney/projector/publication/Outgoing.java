package dev.borrowerjourney.projector.publication;

import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyState;
import org.jspecify.annotations.Nullable;

/** A row that waits for publication. */
public sealed interface Outgoing {

    long position();

    /** Of the record that caused it. */
    long sourceOffset();

    record Change(
            long position,
            long sourceOffset,
            JourneyChanged value,
            @Nullable String correlationId,
            @Nullable String traceparent)
            implements Outgoing {

        public String journeyKey() {
            return value.getBorrowerKey() + ":" + value.getJourneyId();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // carried from database to client, never compared
    record Letter(long position, long sourceOffset, byte @Nullable [] key, DeadLetter value) implements Outgoing {}

    /** The state that some changes have led to, with what the latest of them carries on. */
    record Latest(
            JourneyState value,
            @Nullable String correlationId,
            @Nullable String traceparent) {

        public String journeyKey() {
            return value.getBorrowerKey() + ":" + value.getJourneyId();
        }
    }
}

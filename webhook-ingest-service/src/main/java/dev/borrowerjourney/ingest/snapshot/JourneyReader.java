package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.ingest.snapshot.PayloadMember.Part;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import org.jspecify.annotations.Nullable;

/** Reads one journey, of either generation of the payload. */
final class JourneyReader {

    private final BodyCursor cursor;
    private final DetailsReader details;
    private @Nullable String journeyId;
    private @Nullable String status;
    private @Nullable String nextAction;

    JourneyReader(BodyCursor cursor) {
        this.cursor = cursor;
        this.details = new DetailsReader(cursor);
    }

    /** The journey the cursor stands on, or null if it lacks what makes it one; the cursor then knows the reason. */
    @Nullable
    JourneyObservation read(@Nullable PointerTree pointers) {
        cursor.members(Part.JOURNEY, pointers, (member, _) -> {
            switch (member) {
                case JOURNEY_ID -> journeyId = cursor.text();
                case STATUS -> status = cursor.text();
                case NEXT_ACTION -> nextAction = cursor.text();
                default -> details.read(member);
            }
        });
        if (journeyId == null || journeyId.isBlank()) {
            cursor.note(QuarantineReason.NO_JOURNEY_ID);
            return null;
        }
        if (status == null || status.isBlank()) {
            cursor.note(QuarantineReason.NO_STATUS);
            return null;
        }
        return new JourneyObservation(journeyId, new JourneyCore(status, nextAction), details.details());
    }

    int unreadDetails() {
        return details.unread();
    }
}

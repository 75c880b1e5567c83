package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.ingest.snapshot.PayloadMember.Part;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** One pass over one body, and what it found. */
final class SnapshotPass {

    private static final String EVENT_TYPE = "journey.snapshot";

    private final BodyCursor cursor;
    private final Map<String, JourneyObservation> journeys = new LinkedHashMap<>();
    private boolean journeysPresent;
    private @Nullable JourneyObservation single;
    private @Nullable String eventId;
    private @Nullable String eventType;
    private @Nullable String tenantId;
    private @Nullable String applicationId;
    private @Nullable String schemaVersion;
    private @Nullable String trigger;
    private @Nullable Long sequence;
    private @Nullable Instant generatedAt;
    private @Nullable Instant eventAt;
    private int unreadDetails;
    private int unknownStatuses;

    SnapshotPass(BodyCursor cursor) {
        this.cursor = cursor;
    }

    void read(PointerTree borrowerPointers) {
        if (cursor.parser().nextToken() != JsonToken.START_OBJECT) {
            cursor.note(cursor.token() == null ? QuarantineReason.NOT_JSON : QuarantineReason.NOT_AN_OBJECT);
            return;
        }
        cursor.members(Part.ENVELOPE, borrowerPointers, this::envelope);
        if (cursor.parser().nextToken() != null) {
            cursor.note(QuarantineReason.NOT_JSON);
        }
    }

    Envelope envelope() {
        return new Envelope(eventId, tenantId, applicationId, cursor.borrowerId());
    }

    /** What is wrong with the body, most telling first, or null if nothing is. */
    @Nullable
    QuarantineReason problem() {
        if (schemaVersion != null && !schemaVersion.equals("1") && !schemaVersion.startsWith("1.")) {
            return QuarantineReason.UNSUPPORTED_SCHEMA_VERSION;
        }
        if (eventType != null && !eventType.equals(EVENT_TYPE)) {
            return QuarantineReason.UNSUPPORTED_EVENT_TYPE;
        }
        return cursor.problem() == null ? missing() : cursor.problem();
    }

    /** The snapshot of a body without a problem. A journey that is there both ways is read from the one with details. */
    Snapshot snapshot(String eventId, String borrowerExternalId) {
        if (single != null) {
            journeys.put(single.getJourneyId(), single);
        }
        return new Snapshot(
                eventId,
                borrowerExternalId,
                schemaVersion,
                trigger,
                sequence,
                generatedAt,
                eventAt,
                List.copyOf(journeys.values()),
                unreadDetails,
                unknownStatuses);
    }

    private @Nullable QuarantineReason missing() {
        if (isBlank(eventId)) {
            return QuarantineReason.NO_EVENT_ID;
        }
        if (isBlank(tenantId)) {
            return QuarantineReason.NO_TENANT;
        }
        if (isBlank(applicationId)) {
            return QuarantineReason.NO_APPLICATION;
        }
        if (cursor.borrowerId() == null) {
            return QuarantineReason.NO_BORROWER;
        }
        return journeysPresent || single != null ? null : QuarantineReason.NO_JOURNEYS;
    }

    private void envelope(PayloadMember member, @Nullable PointerTree pointers) {
        switch (member) {
            case SCHEMA_VERSION -> schemaVersion = cursor.text();
            case EVENT_TYPE -> eventType = cursor.text();
            case EVENT_ID -> eventId = cursor.text();
            case EVENT_AT -> eventAt = cursor.time();
            case SNAPSHOT_GENERATED_AT -> generatedAt = cursor.time();
            case SEQUENCE -> sequence = cursor.sequence();
            case TENANT_ID -> tenantId = cursor.text();
            case APPLICATION_ID -> applicationId = cursor.text();
            case ISSUER -> issuer(pointers);
            case BORROWER -> borrower(pointers);
            default -> throw new IllegalStateException(member + " (expected: a member of the envelope)");
        }
    }

    /** Tells only what caused the snapshot, so another form of it is passed over. */
    private void issuer(@Nullable PointerTree pointers) {
        if (cursor.token() == JsonToken.START_OBJECT) {
            cursor.members(Part.ISSUER, pointers, (_, _) -> trigger = cursor.text());
        } else {
            cursor.parser().skipChildren();
        }
    }

    private void borrower(@Nullable PointerTree pointers) {
        if (starts(JsonToken.START_OBJECT)) {
            cursor.members(Part.BORROWER, pointers, (member, below) -> {
                switch (member) {
                    case JOURNEYS -> journeys();
                    case JOURNEY -> single(below);
                    default -> throw new IllegalStateException(member + " (expected: a member of the borrower)");
                }
            });
        }
    }

    private void journeys() {
        if (starts(JsonToken.START_ARRAY)) {
            journeysPresent = true;
            while (cursor.parser().nextToken() != JsonToken.END_ARRAY) {
                if (cursor.token() != JsonToken.START_OBJECT) {
                    cursor.refuse(QuarantineReason.WRONG_TYPE);
                    continue;
                }
                var journey = journey(null);
                if (journey != null && journeys.put(journey.getJourneyId(), journey) != null) {
                    cursor.note(QuarantineReason.DUPLICATE_JOURNEY);
                }
            }
        }
    }

    private void single(@Nullable PointerTree pointers) {
        if (starts(JsonToken.START_OBJECT)) {
            single = journey(pointers);
        }
    }

    private @Nullable JourneyObservation journey(@Nullable PointerTree pointers) {
        var reader = new JourneyReader(cursor);
        var journey = reader.read(pointers);
        unreadDetails += reader.unreadDetails();
        if (journey != null && !KnownStatuses.ALL.contains(journey.getCore().getStatus())) {
            unknownStatuses++;
        }
        return journey;
    }

    /** Whether the value starts as it must; null counts as absent, and anything else is noted and passed over. */
    private boolean starts(JsonToken start) {
        if (cursor.token() == start) {
            return true;
        }
        if (cursor.token() != JsonToken.VALUE_NULL) {
            cursor.refuse(QuarantineReason.WRONG_TYPE);
        }
        return false;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}

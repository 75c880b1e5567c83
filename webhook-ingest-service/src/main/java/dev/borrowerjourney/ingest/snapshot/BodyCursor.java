package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.ingest.snapshot.PayloadMember.Part;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/**
 * Walks over a body once. What is wrong but still JSON is noted and passed over, so that the ids behind it are read, too:
 * they decide whose delivery it is.
 */
final class BodyCursor {

    interface MemberReader {

        /** Reads the value the cursor stands on, to its last token. */
        void read(PayloadMember member, @Nullable PointerTree pointers);
    }

    /** Far above every id and status seen; keeps columns, keys and headers bounded. */
    private static final int LONGEST_TEXT = 256;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonParser parser;
    private final @Nullable String[] borrowerIds;
    private @Nullable QuarantineReason problem;
    private String place = "";

    BodyCursor(JsonParser parser, int borrowerPointers) {
        this.parser = parser;
        this.borrowerIds = new String[borrowerPointers];
    }

    JsonToken token() {
        return parser.currentToken();
    }

    JsonParser parser() {
        return parser;
    }

    @Nullable
    QuarantineReason problem() {
        return problem;
    }

    String place() {
        return place;
    }

    /** The first of the places, in the configured order, that holds an id. */
    @Nullable
    String borrowerId() {
        for (var id : borrowerIds) {
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    /** Notes a problem unless there is one already. Only names that are read stand in the place: others may be personal. */
    void note(QuarantineReason reason) {
        if (problem == null) {
            problem = reason;
            place = parser.streamReadContext().pathAsPointer().toString();
        }
    }

    /** Notes a problem with the value the cursor stands on, and passes over it. */
    void refuse(QuarantineReason reason) {
        note(reason);
        parser.skipChildren();
    }

    /** Reads the object the cursor stands on to its end. */
    void members(Part part, @Nullable PointerTree pointers, MemberReader reader) {
        var seen = EnumSet.noneOf(PayloadMember.class);
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            var below = pointers == null ? null : pointers.below(name);
            if (below != null && below.end() != PointerTree.NOWHERE) {
                keepBorrowerId(below.end());
            }
            var member = part.member(name);
            if (member == null) {
                follow(below);
            } else if (seen.add(member)) {
                reader.read(member, below);
            } else {
                refuse(QuarantineReason.DUPLICATE_KEYS);
            }
        }
    }

    /** A text that must be one if it is there; null stands for an absent one. */
    @Nullable
    String text() {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> suitable(parser.getString());
            default -> {
                refuse(QuarantineReason.WRONG_TYPE);
                yield null;
            }
        };
    }

    @Nullable
    Instant time() {
        var text = text();
        if (text == null) {
            return null;
        }
        var time = instant(text);
        if (time == null) {
            note(QuarantineReason.BAD_TIME);
        }
        return time;
    }

    @Nullable
    Long sequence() {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.isExpectedNumberIntToken() && parser.getNumberType() != NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        refuse(QuarantineReason.BAD_SEQUENCE);
        return null;
    }

    /** The instant that a text means, or null if it means none that a record can hold. */
    static @Nullable Instant instant(String text) {
        try {
            var instant = Timestamps.parse(text);
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether every character can be kept by every reader of the log. */
    static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private @Nullable String suitable(String text) {
        if (text.length() > LONGEST_TEXT) {
            note(QuarantineReason.TOO_LONG);
            return null;
        }
        if (!storable(text)) {
            note(QuarantineReason.UNSUITABLE_TEXT);
            return null;
        }
        return text;
    }

    private void keepBorrowerId(int pointer) {
        if (borrowerIds[pointer] != null) {
            note(QuarantineReason.DUPLICATE_KEYS);
        } else if (parser.currentToken() == JsonToken.VALUE_STRING || parser.isExpectedNumberIntToken()) {
            var id = suitable(parser.getString());
            borrowerIds[pointer] = id == null || id.isBlank() ? null : id;
        }
    }

    private void follow(@Nullable PointerTree pointers) {
        if (pointers != null && parser.currentToken() == JsonToken.START_OBJECT) {
            members(Part.OTHER, pointers, (_, _) -> {});
        } else {
            parser.skipChildren();
        }
    }
}

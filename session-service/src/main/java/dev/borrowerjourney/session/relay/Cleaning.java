package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.relay.NetworkInternals.Kind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pass over a JSON answer, which finds what belongs to the network and outlines what is told of journeys. What is kept
 * keeps its bytes. A tree of the whole would cost several times as much, on every call.
 */
final class Cleaning {

    /** A repeated member could hide what stands in the other one. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] body;
    private final NetworkInternals internals;
    private final JsonParser parser;
    private final ObjectNode outline = JSON.createObjectNode();
    private final Cuts cuts = new Cuts();
    private int removed;
    private int ambiguous;

    private Cleaning(byte[] body, NetworkInternals internals, JsonParser parser) {
        this.body = body;
        this.internals = internals;
        this.parser = parser;
    }

    /**
     * Goes through an answer.
     *
     * @throws JacksonException if it is not one value of JSON in UTF-8, or has an object with a repeated member
     */
    static Cleaning of(byte[] body, NetworkInternals internals) {
        try (var parser = JSON.createParser(body)) {
            var cleaning = new Cleaning(body, internals, parser);
            cleaning.whole();
            return cleaning;
        }
    }

    /** The answer without internals; the very same array if it had none. */
    byte[] body() {
        return cuts.outOf(body);
    }

    /** Of the answer what tells of journeys, where it stood. */
    JsonNode outline() {
        return outline;
    }

    /** How much was removed. */
    int removed() {
        return removed;
    }

    /** How much was seen of what may be an internal. */
    int ambiguous() {
        return ambiguous;
    }

    private void whole() {
        parser.nextToken();
        value(new Outline(Outline.Level.ROOT, outline));
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "something behind the end of the value");
        }
    }

    /** Goes through a value that stays whatever it is. */
    private void value(Outline outline) {
        switch (parser.currentToken()) {
            case START_OBJECT -> members(outline, null);
            case START_ARRAY -> items(outline);
            case null, default -> parser.finishToken();
        }
    }

    /** Goes through an object, and collects its signs of a network's context if they are asked for. */
    private void members(Outline outline, @Nullable Set<String> signs) {
        var siblings = new Cuts.Siblings(cuts);
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            int from = begin();
            var known = internals.known(name);
            if (signs != null && known.sign()) {
                signs.add(known.folded());
            }
            ambiguous += known.kind() == Kind.AMBIGUOUS ? 1 : 0;
            parser.nextToken();
            if (internals.removes(known.kind()) ? skipped() : isInternal(known.kind(), name, outline)) {
                removed++;
                siblings.dropped(from, end());
            } else {
                siblings.kept(from, end());
            }
        }
        siblings.closed(begin());
    }

    private void items(Outline outline) {
        var siblings = new Cuts.Siblings(cuts);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int from = begin();
            if (parser.currentToken() == JsonToken.VALUE_STRING && internals.isInternal(parser)) {
                removed++;
                siblings.dropped(from, end());
            } else {
                value(outline.item());
                siblings.kept(from, end());
            }
        }
        siblings.closed(begin());
    }

    /** Goes through the value of a member whose name gives nothing away; returns whether it does itself. */
    private boolean isInternal(Kind kind, String name, Outline outline) {
        var token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            if (kind == Kind.CONTEXT) {
                return isContext();
            }
            members(outline.object(name), null);
            return false;
        }
        if (token == JsonToken.START_ARRAY) {
            items(outline.array(name));
            return false;
        }
        if (token == JsonToken.VALUE_STRING && internals.isInternal(parser)) {
            return true;
        }
        parser.finishToken();
        outline.note(name, parser);
        return false;
    }

    private boolean isContext() {
        int cutsBefore = cuts.size();
        int removedBefore = removed;
        int ambiguousBefore = ambiguous;
        var signs = new HashSet<String>();
        members(Outline.NOTHING, signs);
        if (signs.size() < NetworkInternals.SIGNS_OF_A_CONTEXT) {
            return false;
        }
        // It goes as a whole, so what was found in it does not count.
        cuts.backTo(cutsBefore);
        removed = removedBefore;
        ambiguous = ambiguousBefore;
        return true;
    }

    private boolean skipped() {
        parser.skipChildren();
        parser.finishToken();
        return true;
    }

    private int begin() {
        return offset(parser.currentTokenLocation());
    }

    private int end() {
        return offset(parser.currentLocation());
    }

    /** None where the bytes are not UTF-8: JSON between systems has to be. */
    private int offset(TokenStreamLocation location) {
        if (location.getByteOffset() < 0) {
            throw new StreamReadException(parser, "not in UTF-8");
        }
        return Math.toIntExact(location.getByteOffset());
    }
}

package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.defaults.logging.Masking;
import dev.borrowerjourney.ingest.snapshot.PayloadMember.Part;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Shows an operator a body without anything personal: its structure, names and types stay, and of the values only those
 * that are public by the contract and look like it. Every other value is told by its kind and length.
 */
public final class MaskedBody {

    /** What a body came to. */
    public sealed interface Look {

        record Json(String masked) implements Look {}

        /**
         * Cut off, not JSON, or followed by something else.
         *
         * @param badByte where it stops being JSON, counted from 0
         */
        record NoJson(long badByte) implements Look {}
    }

    /** Deeper than the reader follows; more would be indentation only. */
    private static final int DEEPEST = 64;

    private static final JsonFactory JSON = Utf8Json.within(StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build());

    private static final ObjectWriteContext PRETTY = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]{0,63}");
    private static final Pattern DOTTED = Pattern.compile("[a-z][a-z._-]{0,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{4,20}(Z|[+-][0-9:]{2,6})");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,3}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,20}");

    /** A name with digits may be a borrower's id that stands as a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_-]{0,39}");

    private static final Set<String> NAMES_WITH_DIGITS = Set.of("addressL1", "addressL2");

    private static final Map<PayloadMember, Pattern> PUBLIC = Map.ofEntries(
            Map.entry(PayloadMember.SCHEMA_VERSION, VERSION),
            Map.entry(PayloadMember.EVENT_TYPE, DOTTED),
            Map.entry(PayloadMember.EVENT_ID, ID),
            Map.entry(PayloadMember.EVENT_AT, TIME),
            Map.entry(PayloadMember.SNAPSHOT_GENERATED_AT, TIME),
            Map.entry(PayloadMember.SEQUENCE, WHOLE),
            Map.entry(PayloadMember.TENANT_ID, ID),
            Map.entry(PayloadMember.APPLICATION_ID, ID),
            Map.entry(PayloadMember.TRIGGER, DOTTED),
            Map.entry(PayloadMember.JOURNEY_ID, ID),
            Map.entry(PayloadMember.STATUS, CONSTANT),
            Map.entry(PayloadMember.NEXT_ACTION, CONSTANT),
            Map.entry(PayloadMember.TYPE, CONSTANT),
            Map.entry(PayloadMember.SELECTED_OFFER_ID, ID),
            Map.entry(PayloadMember.OFFER_ID, ID),
            Map.entry(PayloadMember.OFFER_STATUS, CONSTANT),
            Map.entry(PayloadMember.OFFER_CURRENCY, CONSTANT),
            Map.entry(PayloadMember.OFFER_VALID_UNTIL, TIME),
            Map.entry(PayloadMember.INSTALMENT_NUMBER, WHOLE),
            Map.entry(PayloadMember.INSTALMENT_STATUS, CONSTANT));

    private final JsonParser parser;
    private final JsonGenerator generator;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable PayloadMember member;

    private MaskedBody(JsonParser parser, JsonGenerator generator) {
        this.parser = parser;
        this.generator = generator;
    }

    /** Takes any bytes. */
    public static Look look(byte[] body) {
        var text = new StringWriter();
        try (var parser = Utf8Json.parser(JSON, body)) {
            try (var generator = JSON.createGenerator(PRETTY, text)) {
                if (new MaskedBody(parser, generator).document()) {
                    generator.flush();
                    return new Look.Json(text.toString());
                }
            } catch (JacksonException e) {
                // What was written until here is thrown away: only the place is told.
            }
            return new Look.NoJson(Math.max(0, parser.currentLocation().getByteOffset()));
        }
    }

    private boolean document() {
        if (parser.nextToken() == null) {
            return false;
        }
        do {
            token();
        } while (!parts.isEmpty() && parser.nextToken() != null);
        return parser.nextToken() == null;
    }

    private void token() {
        switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> start();
            case END_OBJECT -> {
                generator.writeEndObject();
                parts.pop();
            }
            case END_ARRAY -> {
                generator.writeEndArray();
                parts.pop();
            }
            case PROPERTY_NAME -> name(parser.currentName());
            default -> value();
        }
    }

    private void start() {
        var object = parser.currentToken() == JsonToken.START_OBJECT;
        if (parts.size() == DEEPEST) {
            parser.skipChildren();
            generator.writeString(object ? "<deeper object>" : "<deeper array>");
            return;
        }
        parts.push(part());
        if (object) {
            generator.writeStartObject();
        } else {
            generator.writeStartArray();
        }
    }

    private void name(String name) {
        member = parts.getFirst().member(name);
        var known = member != null || NAMES_WITH_DIGITS.contains(name);
        generator.writeName(known || harmless(name) ? name : "<name " + name.length() + ">");
    }

    private void value() {
        var shape = member == null || parser.streamReadContext().inArray() ? null : PUBLIC.get(member);
        var token = parser.currentToken();
        var text = parser.getString();
        if (token == JsonToken.VALUE_NULL) {
            generator.writeNull();
        } else if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            generator.writeString("<boolean>");
        } else if (shape == null
                || !shape.matcher(text).matches()
                || !Masking.mask(text).equals(text)) {
            generator.writeString("<" + (token.isNumeric() ? "number " : "string ") + text.length() + ">");
        } else if (token.isNumeric()) {
            generator.writeNumber(text);
        } else {
            generator.writeString(text);
        }
    }

    /** What stands in a list is what the list is of. */
    private Part part() {
        if (parts.isEmpty()) {
            return Part.ENVELOPE;
        }
        return parser.streamReadContext().getParent().inArray() ? parts.getFirst() : below(member);
    }

    private static boolean harmless(String name) {
        return NAME.matcher(name).matches() && Masking.mask(name).equals(name);
    }

    private static Part below(@Nullable PayloadMember member) {
        return switch (member) {
            case ISSUER -> Part.ISSUER;
            case BORROWER -> Part.BORROWER;
            case JOURNEYS, JOURNEY -> Part.JOURNEY;
            case OFFERS -> Part.OFFER;
            case REPAYMENT -> Part.INSTALMENT;
            case null, default -> Part.OTHER;
        };
    }
}

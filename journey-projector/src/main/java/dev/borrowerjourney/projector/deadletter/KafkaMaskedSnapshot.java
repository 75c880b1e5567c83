package dev.borrowerjourney.projector.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.logging.Masking;
import dev.borrowerjourney.projector.state.DeadLetterId;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Shows an operator a record without anything personal: structure and names stay, and of the values only those that are
 * public by the contract and look like it. Every other value is told by its kind and length.
 */
final class KafkaMaskedSnapshot {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]{0,63}");
    private static final Pattern DOTTED = Pattern.compile("[a-z][a-z._-]{0,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,127}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,3}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,20}");
    private static final Pattern TIME = Pattern.compile("[+-]?[0-9]{4,12}-[0-9]{2}-[0-9]{2}T[0-9:.]{4,20}Z");
    private static final Pattern BORROWER_KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final Map<String, Pattern> PUBLIC = Map.ofEntries(
            Map.entry("eventId", ID),
            Map.entry("source", CONSTANT),
            Map.entry("tenantId", ID),
            Map.entry("applicationId", ID),
            Map.entry("borrowerKey", BORROWER_KEY),
            Map.entry("schemaVersion", VERSION),
            Map.entry("trigger", DOTTED),
            Map.entry("sequence", WHOLE),
            Map.entry("snapshotGeneratedAt", TIME),
            Map.entry("eventAt", TIME),
            Map.entry("updatedAt", TIME),
            Map.entry("answeredAt", TIME),
            Map.entry("roundTripMillis", WHOLE),
            Map.entry("signedAt", TIME),
            Map.entry("settles", CONSTANT),
            Map.entry("receivedAt", TIME),
            Map.entry("journeyId", ID),
            Map.entry("status", CONSTANT),
            Map.entry("nextAction", CONSTANT),
            Map.entry("type", CONSTANT),
            Map.entry("offerId", ID),
            Map.entry("selectedOfferId", ID),
            Map.entry("currency", CONSTANT),
            Map.entry("validUntil", TIME),
            Map.entry("number", WHOLE));

    private static final Set<String> PUBLIC_HEADERS = Set.of(
            "ce_specversion",
            EventHeaders.ID,
            "ce_source",
            "ce_type",
            "ce_time",
            "content-type",
            EventHeaders.CORRELATION_ID,
            EventHeaders.TRACEPARENT,
            DeadLetterId.HEADER);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9/_-][A-Za-z0-9/_.:+-]{0,127}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z][A-Za-z_-]{0,39}");

    private final ContractSerdes serdes;

    KafkaMaskedSnapshot(ContractSerdes serdes) {
        this.serdes = serdes;
    }

    /** JSON of what the value decodes to, or nothing if it does not, or its schema is not to be had. */
    Optional<String> value(byte[] value) {
        try (var deserializer = serdes.deserializer()) {
            return deserializer.deserialize(TopicCatalogue.JOURNEY_SNAPSHOTS, value) instanceof IndexedRecord decoded
                    ? Optional.of(PRETTY.writeValueAsString(masked(decoded)))
                    : Optional.empty();
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    Map<String, String> headers(Map<String, byte[]> headers) {
        var shown = new TreeMap<String, String>();
        headers.forEach((name, value) -> {
            var text = new String(value, UTF_8);
            shown.put(
                    HEADER_NAME.matcher(name).matches() ? name : "<name " + name.length() + ">",
                    PUBLIC_HEADERS.contains(name) && fits(HEADER, text) ? text : "<" + value.length + " bytes>");
        });
        return shown;
    }

    private static JsonNode masked(IndexedRecord decoded) {
        var node = NODES.objectNode();
        for (var field : decoded.getSchema().getFields()) {
            node.set(field.name(), masked(field.name(), decoded.get(field.pos())));
        }
        return node;
    }

    private static JsonNode masked(String name, @Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case IndexedRecord inner -> masked(inner);
            case Collection<?> items -> {
                var array = NODES.arrayNode();
                items.forEach(item -> array.add(masked(name, item)));
                yield array;
            }
            case ByteBuffer bytes -> NODES.stringNode("<" + bytes.remaining() + " bytes>");
            case Boolean truth -> NODES.booleanNode(truth);
            default -> masked(name, value.toString(), value instanceof Number);
        };
    }

    private static JsonNode masked(String name, String text, boolean number) {
        var shape = PUBLIC.get(name);
        if (shape == null || !fits(shape, text)) {
            return NODES.stringNode("<" + (number ? "number " : "string ") + text.length() + ">");
        }
        return NODES.stringNode(text);
    }

    private static boolean fits(Pattern shape, String text) {
        return shape.matcher(text).matches() && Masking.mask(text).equals(text);
    }
}

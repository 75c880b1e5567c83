package dev.borrowerjourney.projector.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.VisibleState.VisibleContent;
import dev.borrowerjourney.schemas.event.Instalment;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The canonical content of both field groups: JSON with every member, in a fixed order, without white space. Its hash
 * stands in the log for years, so the encoding must never change.
 */
public final class Contents {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Statuses in which nothing more is to come. */
    public static final Set<String> OVER = Set.of("REJECTED", "EXPIRED", "CLOSED");

    private static final Set<String> OVER_BEGINNINGS =
            OVER.stream().map(status -> "{\"status\":\"" + status + "\",").collect(Collectors.toUnmodifiableSet());

    private static final long CACHED_CHARACTERS = 8 << 20;

    // Read again for each change, each state and each register of a journey, and seldom another one.
    private static final Cache<Content, JourneyCore> CORES =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    private static final Cache<Content, JourneyDetails> DETAILS = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher((Content content, JourneyDetails _) -> content.canonical().length())
            .executor(Runnable::run)
            .build();

    private static final String NUL = "\\u0000";

    /** After a backslash that is text itself, it is text, too. */
    private static final Pattern UNESCAPED_NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private Contents() {}

    public static Content of(JourneyCore core) {
        return Content.of(written(json -> write(json, core)));
    }

    /** What the details are now: whoever changes them later changes what {@link #readDetails(Content)} gives. */
    public static Content of(JourneyDetails details) {
        var content = Content.of(written(json -> write(json, details)));
        DETAILS.put(content, details);
        return content;
    }

    /** Whether a text of the content holds U+0000, which PostgreSQL has no place for, not even escaped. */
    public static boolean hasNul(Content content) {
        var canonical = content.canonical();
        return canonical.contains(NUL) && UNESCAPED_NUL.matcher(canonical).find();
    }

    /** Whether a core says that the journey is over. */
    public static boolean over(Content core) {
        return OVER_BEGINNINGS.stream().anyMatch(core.canonical()::startsWith);
    }

    /** A visible state as one JSON object: status, nextAction, and details or null. */
    public static String state(Content core, @Nullable Content details) {
        var open = core.canonical().substring(0, core.canonical().length() - 1);
        return open + ",\"details\":" + (details == null ? "null" : details.canonical()) + "}";
    }

    /** Reads what {@link #state} wrote, whatever the database did to spaces and order. */
    public static JourneyContent readState(String json) {
        var node = JSON.readTree(json);
        var details = node.path("details");
        return new JourneyContent(core(node), details.isObject() ? details(details) : null);
    }

    /** What {@link #state} wrote, whatever the database did to spaces and order. */
    public static VisibleContent visible(String json) {
        var state = readState(json);
        return new VisibleContent(of(state.getCore()), state.getDetails() == null ? null : of(state.getDetails()));
    }

    /** Made of the same objects for the same content, so nobody may change it. */
    public static JourneyContent read(VisibleContent content) {
        return new JourneyContent(
                readCore(content.core()), content.details() == null ? null : readDetails(content.details()));
    }

    /** The same object for the same content, so nobody may change it. */
    public static JourneyCore readCore(Content core) {
        return CORES.get(core, content -> core(JSON.readTree(content.canonical())));
    }

    /** Reads details as the database gives them. */
    public static JourneyDetails readDetails(String json) {
        return details(JSON.readTree(json));
    }

    /** The same object for the same content, so nobody may change it. */
    public static JourneyDetails readDetails(Content details) {
        return DETAILS.get(details, content -> details(JSON.readTree(content.canonical())));
    }

    static JourneyCore core(JsonNode node) {
        return new JourneyCore(node.required("status").asString(), text(node, "nextAction"));
    }

    static JourneyDetails details(JsonNode node) {
        return new JourneyDetails(
                text(node, "type"),
                text(node, "lender"),
                list(node.path("offers"), Contents::offer),
                text(node, "selectedOfferId"),
                list(node.path("repayment"), Contents::instalment));
    }

    static @Nullable Instant instant(JsonNode node, String member) {
        var text = text(node, member);
        return text == null ? null : Instant.parse(text);
    }

    static @Nullable String text(JsonNode node, String member) {
        var value = node.path(member);
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable Integer number(JsonNode node, String member) {
        var value = node.path(member);
        return value.isNumber() ? value.asInt() : null;
    }

    private static Offer offer(JsonNode node) {
        return new Offer(
                node.required("offerId").asString(),
                text(node, "lender"),
                text(node, "amount"),
                text(node, "currency"),
                text(node, "interestRatePercent"),
                text(node, "aprPercent"),
                number(node, "tenureMonths"),
                text(node, "emi"),
                text(node, "processingFee"),
                text(node, "keyFactsUrl"),
                instant(node, "validUntil"),
                text(node, "status"));
    }

    private static Instalment instalment(JsonNode node) {
        return new Instalment(
                number(node, "number"), text(node, "dueDate"), text(node, "amount"), text(node, "status"));
    }

    private static <T> @Nullable List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        if (!array.isArray()) {
            return null;
        }
        var items = new ArrayList<T>(array.size());
        array.forEach(item -> items.add(reader.apply(item)));
        return items;
    }

    private static void write(JsonGenerator json, JourneyCore core) {
        json.writeStringProperty("status", core.getStatus());
        write(json, "nextAction", core.getNextAction());
    }

    private static void write(JsonGenerator json, JourneyDetails details) {
        write(json, "type", details.getType());
        write(json, "lender", details.getLender());
        write(json, "offers", details.getOffers(), Contents::write);
        write(json, "selectedOfferId", details.getSelectedOfferId());
        write(json, "repayment", details.getRepayment(), Contents::write);
    }

    private static void write(JsonGenerator json, Offer offer) {
        write(json, "offerId", offer.getOfferId());
        write(json, "lender", offer.getLender());
        write(json, "amount", offer.getAmount());
        write(json, "currency", offer.getCurrency());
        write(json, "interestRatePercent", offer.getInterestRatePercent());
        write(json, "aprPercent", offer.getAprPercent());
        write(json, "tenureMonths", offer.getTenureMonths());
        write(json, "emi", offer.getEmi());
        write(json, "processingFee", offer.getProcessingFee());
        write(json, "keyFactsUrl", offer.getKeyFactsUrl());
        write(json, "validUntil", offer.getValidUntil());
        write(json, "status", offer.getStatus());
    }

    private static void write(JsonGenerator json, Instalment instalment) {
        write(json, "number", instalment.getNumber());
        write(json, "dueDate", instalment.getDueDate());
        write(json, "amount", instalment.getAmount());
        write(json, "status", instalment.getStatus());
    }

    private static <T> void write(
            JsonGenerator json, String name, @Nullable List<T> items, BiConsumer<JsonGenerator, T> writer) {
        if (items == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeArrayPropertyStart(name);
        for (var item : items) {
            json.writeStartObject();
            writer.accept(json, item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(JsonGenerator json, String name, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNullProperty(name);
            case Integer number -> json.writeNumberProperty(name, number);
            case Long number -> json.writeNumberProperty(name, number);
            default -> json.writeStringProperty(name, value.toString());
        }
    }

    static String written(Consumer<JsonGenerator> members) {
        var text = new StringWriter(256);
        try (var json = JSON.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}

package dev.borrowerjourney.schemas.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record: CloudEvents 1.0 attributes in Kafka's binary mode, an extension for the correlation id, and
 * the trace where one is known.
 *
 * @param id unique within source; the same on a replay
 * @param source the service that wrote the record, for example {@code /journey-projector}
 * @param type for example {@code dev.borrowerjourney.journey-changed.v1}
 * @param subject the journey id, or null where the record is about several
 * @param time when what the record tells happened
 * @param correlationId of the request that led here, or null if there was none
 * @param traceparent W3C trace context, or null outside a trace
 */
public record EventHeaders(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        @Nullable String correlationId,
        @Nullable String traceparent) {

    public static final String ID = "ce_id";
    public static final String CORRELATION_ID = "ce_correlationid";
    public static final String TRACEPARENT = "traceparent";

    /** The type attribute of version 1 of an event, for example {@code journey-changed}. */
    public static String type(String event) {
        return "dev.borrowerjourney." + event + ".v1";
    }

    public Headers toKafka() {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, ID, id);
        add(headers, "ce_source", source);
        add(headers, "ce_type", type);
        add(headers, "ce_subject", subject);
        add(headers, "ce_time", time.toString());
        add(headers, "content-type", "application/avro");
        add(headers, CORRELATION_ID, correlationId);
        add(headers, TRACEPARENT, traceparent);
        return headers;
    }

    /** The last header of that name as text. */
    public static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(header -> header.value() == null ? null : new String(header.value(), UTF_8));
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }
}

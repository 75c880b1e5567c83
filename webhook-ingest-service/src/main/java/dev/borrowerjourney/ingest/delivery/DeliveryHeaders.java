package dev.borrowerjourney.ingest.delivery;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the platform says beside the body. The signature does not cover these ids: they choose which secrets are tried,
 * and nothing else.
 *
 * @param timestamp verbatim, because the signature covers its characters
 * @param signature lowercase hex
 */
record DeliveryHeaders(String eventId, UUID tenantId, UUID applicationId, String timestamp, String signature) {

    static final String EVENT_ID = "X-AL-Event-ID";
    static final String TENANT_ID = "X-AL-Tenant-ID";
    static final String APPLICATION_ID = "X-AL-Application-ID";
    static final String TIMESTAMP = "X-AL-Webhook-Timestamp";
    static final String SIGNATURE = "X-AL-Webhook-Signature";

    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final Pattern MOMENT = Pattern.compile("[!-~]{1,40}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern UUIDS =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /** What the headers of a request came to. */
    sealed interface Read {

        record Shapely(DeliveryHeaders headers) implements Read {}

        /** The detail names the header and what it must look like, never its value. */
        record Misshapen(String detail) implements Read {}
    }

    /** Reads all values of a header by its name; an absent one has none. */
    static Read read(Function<String, List<String>> values) {
        var headers = new Reader(values);
        var eventId = headers.one(EVENT_ID, ID, "1 to 128 visible ASCII characters");
        var tenantId = headers.one(TENANT_ID, UUIDS, "a UUID");
        var applicationId = headers.one(APPLICATION_ID, UUIDS, "a UUID");
        var timestamp = headers.one(TIMESTAMP, MOMENT, "1 to 40 visible ASCII characters");
        var signature = headers.one(SIGNATURE, HEX, "64 lowercase hexadecimal digits");
        return headers.complaint.isEmpty()
                ? new Read.Shapely(new DeliveryHeaders(
                        eventId, UUID.fromString(tenantId), UUID.fromString(applicationId), timestamp, signature))
                : new Read.Misshapen(headers.complaint);
    }

    private static final class Reader {

        private final Function<String, List<String>> values;
        private String complaint = "";

        Reader(Function<String, List<String>> values) {
            this.values = values;
        }

        String one(String name, Pattern shape, String expected) {
            var found = values.apply(name);
            if (found.size() == 1 && shape.matcher(found.getFirst()).matches()) {
                return found.getFirst();
            }
            if (complaint.isEmpty()) {
                var was = found.isEmpty() ? "missing" : found.size() > 1 ? "repeated" : "of another shape";
                complaint = name + ": " + was + " (expected: " + expected + ").";
            }
            return "";
        }
    }
}

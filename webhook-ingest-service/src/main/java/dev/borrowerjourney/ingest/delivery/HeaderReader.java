package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.DeliveryHeaders.Read;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads the headers of a delivery, whatever the platform calls them. Each must be there once and of its shape. */
final class HeaderReader {

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_TIMESTAMP = 40;
    private static final String UUID_SHAPE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private final HeaderNames names;
    private final SignatureForm form;

    HeaderReader(HeaderNames names, SignatureForm form) {
        this.names = names;
        this.form = form;
    }

    /** Reads all values of a header by its name; an absent one has none. */
    Read read(Function<String, List<String>> values) {
        var headers = new Pass(values);
        var eventId = headers.one(names.eventId(), text(LONGEST_ID), "1 to 128 visible ASCII characters");
        var tenantId = headers.one(names.tenantId(), HeaderReader::uuid, "a UUID");
        var applicationId = headers.one(names.applicationId(), HeaderReader::uuid, "a UUID");
        var timestamp = headers.one(names.timestamp(), text(LONGEST_TIMESTAMP), "1 to 40 visible ASCII characters");
        var signature = headers.one(names.signature(), form::read, form.expected());
        if (eventId.isEmpty()
                || tenantId.isEmpty()
                || applicationId.isEmpty()
                || timestamp.isEmpty()
                || signature.isEmpty()) {
            return new Read.Misshapen(applicationId.orElse(null), headers.complaint);
        }
        return new Read.Shapely(new DeliveryHeaders(
                eventId.get(), tenantId.get(), applicationId.get(), timestamp.get(), signature.get()));
    }

    /** Visible ASCII characters. */
    private static Function<String, Optional<String>> text(int longest) {
        return value ->
                !value.isEmpty() && value.length() <= longest && value.chars().allMatch(c -> c >= '!' && c <= '~')
                        ? Optional.of(value)
                        : Optional.empty();
    }

    private static Optional<UUID> uuid(String value) {
        if (value.length() != UUID_SHAPE.length()) {
            return Optional.empty();
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (UUID_SHAPE.charAt(i) == '-' ? c != '-' : !HexFormat.isHexDigit(c)) {
                return Optional.empty();
            }
        }
        return Optional.of(UUID.fromString(value));
    }

    private static final class Pass {

        private final Function<String, List<String>> values;
        private String complaint = "";

        Pass(Function<String, List<String>> values) {
            this.values = values;
        }

        <T> Optional<T> one(String name, Function<String, Optional<T>> shape, String expected) {
            var found = values.apply(name);
            var read = found.size() == 1 ? shape.apply(found.getFirst()) : Optional.<T>empty();
            if (read.isEmpty() && complaint.isEmpty()) {
                var was = found.isEmpty() ? "missing" : found.size() > 1 ? "repeated" : "of another shape";
                complaint = name + ": " + was + " (expected: " + expected + ").";
            }
            return read;
        }
    }
}

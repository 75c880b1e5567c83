package dev.borrowerjourney.ingest.delivery;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the platform calls the headers of a delivery. */
record HeaderNames(
        @DefaultValue("X-AL-Event-ID") String eventId,
        @DefaultValue("X-AL-Tenant-ID") String tenantId,
        @DefaultValue("X-AL-Application-ID") String applicationId,
        @DefaultValue("X-AL-Webhook-Timestamp") String timestamp,
        @DefaultValue("X-AL-Webhook-Signature") String signature) {

    private static final String PREFIX = "ingest.webhook.headers.";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    HeaderNames {
        checked("event-id", eventId);
        checked("tenant-id", tenantId, eventId);
        checked("application-id", applicationId, eventId, tenantId);
        checked("timestamp", timestamp, eventId, tenantId, applicationId);
        checked("signature", signature, eventId, tenantId, applicationId, timestamp);
    }

    private static void checked(String setting, String name, String... others) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(PREFIX + setting + ": " + name
                    + " (expected: the name of an HTTP header, 1 to 64 letters, digits or hyphens)");
        }
        if (List.of(others).stream().map(HeaderNames::folded).anyMatch(folded(name)::equals)) {
            throw new IllegalArgumentException(
                    PREFIX + setting + ": " + name + " twice (expected: another header for each of the five)");
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

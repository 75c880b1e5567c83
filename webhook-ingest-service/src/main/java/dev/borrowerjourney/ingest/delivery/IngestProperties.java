package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of this service.
 *
 * @param applications whose deliveries are taken
 * @param secretsDirectory the folder with the secrets of this service
 */
@ConfigurationProperties(prefix = "ingest", ignoreUnknownFields = false)
record IngestProperties(
        @DefaultValue List<Application> applications,
        Path secretsDirectory,
        @DefaultValue Webhook webhook) {

    IngestProperties {
        if (applications.isEmpty()) {
            throw new IllegalArgumentException("ingest.applications: [] (expected: at least one)");
        }
        var ids = new HashSet<UUID>();
        for (var application : applications) {
            if (!ids.add(application.applicationId())) {
                throw new IllegalArgumentException("ingest.applications: " + application.applicationId()
                        + " twice (expected: each application once)");
            }
        }
        applications = List.copyOf(applications);
    }

    /** One of the platform's applications. */
    record Application(UUID applicationId, UUID tenantId) {}

    /**
     * @param headers what the platform calls its headers
     * @param signature how it writes the signature
     * @param largestBody a larger body is refused unread
     * @param inFlight bytes of all bodies being worked on at one time; deliveries beyond are asked to come again
     * @param mostRequests deliveries that wait for the log at one time
     * @param bodyTimeout within which a body must have arrived
     * @param deadline within which a delivery is answered, whatever the log does
     * @param retryAfter when a sender is asked to try again
     * @param freshness what follows for a signature outside the tolerance
     * @param tolerance how far a signature's time may be from ours
     * @param refuseHeaderDisagreement whether ids in headers that differ from the body's are refused, not only counted
     * @param borrowerPointers where the borrower's id stands in the body, tried in this order
     */
    record Webhook(
            @DefaultValue HeaderNames headers,
            @DefaultValue SignatureForm signature,
            @DefaultValue("256KB") DataSize largestBody,
            @DefaultValue("64MB") DataSize inFlight,
            @DefaultValue("4096") int mostRequests,
            @DefaultValue("5s") Duration bodyTimeout,
            @DefaultValue("8s") Duration deadline,
            @DefaultValue("5s") Duration retryAfter,
            @DefaultValue("report") Mode freshness,
            @DefaultValue("300s") Duration tolerance,
            @DefaultValue("false") boolean refuseHeaderDisagreement,

            @DefaultValue({"/borrower/borrowerExternalID", "/borrower/borrowerProviderID"})
            List<String> borrowerPointers) {

        /** A record holds a body twice, sealed and typed, and brokers take records of 1 MB. */
        private static final DataSize LARGEST = DataSize.ofKilobytes(256);

        Webhook {
            if (largestBody.toBytes() < 1 || largestBody.compareTo(LARGEST) > 0) {
                throw new IllegalArgumentException(
                        "ingest.webhook.largest-body: " + largestBody + " (expected: 1 byte to 256KB)");
            }
            if (inFlight.compareTo(largestBody) < 0) {
                throw new IllegalArgumentException("ingest.webhook.in-flight: " + inFlight
                        + " (expected: at least ingest.webhook.largest-body, " + largestBody + ")");
            }
            if (mostRequests < 1) {
                throw new IllegalArgumentException(
                        "ingest.webhook.most-requests: " + mostRequests + " (expected: at least 1)");
            }
            positive("body-timeout", bodyTimeout);
            positive("retry-after", retryAfter);
            positive("tolerance", tolerance);
            if (deadline.compareTo(Duration.ofSeconds(2)) < 0) {
                throw new IllegalArgumentException("ingest.webhook.deadline: " + deadline + " (expected: at least 2s)");
            }
            borrowerPointers = List.copyOf(borrowerPointers);
        }

        private static void positive(String name, Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("ingest.webhook." + name + ": " + value + " (expected: above zero)");
            }
        }
    }
}

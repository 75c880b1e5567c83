package dev.borrowerjourney.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Mode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class IngestPropertiesTest {

    static final Map<String, String> LEAST = Map.of(
            "ingest.applications[0].application-id", "b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02",
            "ingest.applications[0].tenant-id", "6f1c8a52-0f0e-4a57-9d3b-2f1d6f1f7a01",
            "ingest.secrets-directory", "/run/secrets");

    @Test
    void hasSafeDefaults() {
        var webhook = bind(LEAST).webhook();

        assertThat(webhook.largestBody()).isEqualTo(DataSize.ofKilobytes(256));
        assertThat(webhook.inFlight()).isEqualTo(DataSize.ofMegabytes(64));
        assertThat(webhook.deadline()).isEqualTo(Duration.ofSeconds(8));
        assertThat(webhook.freshness()).isEqualTo(Mode.REPORT);
        assertThat(webhook.tolerance()).isEqualTo(Duration.ofMinutes(5));
        assertThat(webhook.refuseHeaderDisagreement()).isFalse();
        assertThat(webhook.mostRequests()).isEqualTo(4096);
        assertThat(webhook.headers())
                .isEqualTo(new HeaderNames(
                        "X-AL-Event-ID",
                        "X-AL-Tenant-ID",
                        "X-AL-Application-ID",
                        "X-AL-Webhook-Timestamp",
                        "X-AL-Webhook-Signature"));
        assertThat(webhook.signature()).isEqualTo(new SignatureForm("", SignatureForm.Encoding.HEX));
        assertThat(webhook.borrowerPointers())
                .containsExactly("/borrower/borrowerExternalID", "/borrower/borrowerProviderID");
    }

    @ParameterizedTest
    @CsvSource({
        "ingest.webhook.largest-body, 0B, largest-body",
        "ingest.webhook.largest-body, 1MB, largest-body",
        "ingest.webhook.in-flight, 1KB, in-flight",
        "ingest.webhook.body-timeout, 0s, body-timeout",
        "ingest.webhook.deadline, 1s, deadline",
        "ingest.webhook.retry-after, -1s, retry-after",
        "ingest.webhook.tolerance, 0s, tolerance",
        "ingest.webhook.most-requests, 0, most-requests",
        "ingest.webhook.headers.event-id, 'X Event', ingest.webhook.headers.event-id: X Event (expected: the name",
        "ingest.webhook.headers.tenant-id, '', ingest.webhook.headers.tenant-id",
        "ingest.webhook.headers.application-id, 'X:Y', ingest.webhook.headers.application-id",
        "ingest.webhook.headers.timestamp, x-al-EVENT-id, ingest.webhook.headers.timestamp: x-al-EVENT-id twice",
        "ingest.webhook.headers.signature, X-\u00dc, ingest.webhook.headers.signature",
        "ingest.webhook.signature.prefix, 'sha256 =', ingest.webhook.signature.prefix: sha256 = (expected: up to",
        "ingest.webhook.signature.encoding, base32, ingest.webhook.signature.encoding",
        "ingest.webhook.freshness, sometimes, freshness",
        "ingest.applications[1].application-id, b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02, twice"
    })
    void refusesWhatCannotWork(String name, String value, String told) {
        var settings = new HashMap<>(LEAST);
        settings.put(name, value);
        settings.putIfAbsent("ingest.applications[1].tenant-id", "6f1c8a52-0f0e-4a57-9d3b-2f1d6f1f7a01");
        settings.putIfAbsent("ingest.applications[1].application-id", "b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d03");

        assertThatThrownBy(() -> bind(settings)).hasStackTraceContaining(told);
    }

    @Test
    void refusesToServeNoApplication() {
        assertThatThrownBy(() -> bind(Map.of("ingest.secrets-directory", "/run/secrets")))
                .hasStackTraceContaining("ingest.applications: [] (expected: at least one)");
    }

    private static IngestProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("ingest", IngestProperties.class)
                .get();
    }
}

package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as the platform documents it, signed here and not by the simulated platform. */
record SignedWebhook(HttpRequest request) {

    /** The same one, within a trace. */
    SignedWebhook within(String traceparent) {
        return new SignedWebhook(HttpRequest.newBuilder(request, (_, _) -> true)
                .header("traceparent", traceparent)
                .build());
    }

    static SignedWebhook of(DemoFile demo, String borrowerExternalId, String status) throws GeneralSecurityException {
        var eventId = UUID.randomUUID().toString();
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        var body = body(demo.platform(), eventId, borrowerExternalId, status);
        return new SignedWebhook(HttpRequest.newBuilder(
                        URI.create(demo.urls().ingest() + "/webhooks/journey-snapshots"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("X-AL-Event-ID", eventId)
                .header("X-AL-Tenant-ID", demo.platform().tenantId())
                .header("X-AL-Application-ID", demo.platform().applicationId())
                .header("X-AL-Webhook-Timestamp", timestamp)
                .header("X-AL-Webhook-Signature", signature(demo.platform().webhookSecret(), timestamp + "." + body))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String body(DemoFile.Platform platform, String eventId, String borrower, String status) {
        var now = Instant.now().toString();
        var body = HttpCalls.JSON
                .createObjectNode()
                .put("schema_version", "1.0.0")
                .put("event_type", "journey.snapshot")
                .put("event_id", eventId)
                .put("event_at", now)
                .put("snapshot_generated_at", now)
                .put("sequence", 1)
                .put("tenant_id", platform.tenantId())
                .put("application_id", platform.applicationId());
        body.putObject("issuer").put("source", "credit-engine").put("trigger", "journey.status.updated");
        body.putObject("borrower")
                .put("borrowerExternalID", borrower)
                .putArray("journeys")
                .addObject()
                .put("journeyID", UUID.randomUUID().toString())
                .put("status", status)
                .putNull("nextAction");
        return body.toString();
    }

    private static String signature(String secret, String signed) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
    }
}

package dev.borrowerjourney.ingest.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.schemas.seal.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The two applications of the tests, their secrets, and deliveries signed as the platform's documentation says. */
final class DeliveryFixtures {

    static final UUID TENANT = UUID.fromString("6f1c8a52-0f0e-4a57-9d3b-2f1d6f1f7a01");
    static final UUID APPLICATION = UUID.fromString("b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02");
    static final UUID OTHER_APPLICATION = UUID.fromString("b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d03");
    static final String CURRENT = "whsec_current_0123456789";
    static final String PREVIOUS = "whsec_previous_0123456789";
    static final String OTHER = "whsec_other_0123456789";
    static final String PSEUDONYM_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    static final String KEYSET = Seal.newKeyset();
    static final Instant NOW = Instant.parse("2026-03-05T16:48:30Z");
    static final String TIMESTAMP = Long.toString(NOW.getEpochSecond());

    private DeliveryFixtures() {}

    static ApplicationKeys keys() {
        return new ApplicationKeys(
                TENANT, APPLICATION, List.of(secret("current", CURRENT), secret("previous", PREVIOUS)), seal());
    }

    static ApplicationKeys otherKeys() {
        return new ApplicationKeys(TENANT, OTHER_APPLICATION, List.of(secret("other", OTHER)), seal());
    }

    static Seal seal() {
        return Seal.of(KEYSET);
    }

    static WebhookSecret secret(String id, String secret) {
        return WebhookSecret.of(id, Secret.of(secret), Lifetime.UNLIMITED);
    }

    /** A body of the first generation, with the event's id as the borrower's as well. */
    static String body(String eventId, UUID application) {
        return """
                {"schema_version":"1.0.0","event_type":"journey.snapshot","event_id":"%s",
                 "event_at":"2026-03-05T16:48:20.000Z","snapshot_generated_at":"2026-03-05T16:48:21.000Z","sequence":7,
                 "issuer":{"source":"credit-api","trigger":"journey.offer.updated"},
                 "tenant_id":"%s","application_id":"%s",
                 "borrower":{"borrowerExternalID":"CUST_0012","journeys":[
                  {"journeyID":"journey-1","status":"OFFERS_AVAILABLE","nextAction":"VIEW_OFFERS"}]}}""".formatted(eventId, TENANT, application);
    }

    static String sign(String secret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Delivery delivery(String timestamp, String signature, byte[] body) {
        return new Delivery(
                new DeliveryHeaders("evt_1", TENANT, APPLICATION, timestamp, signature(signature)),
                body,
                NOW,
                new Origin("7f0c9a52-0f0e-4a57-9d3b-2f1d6f1f7a99", null));
    }

    static Signature signature(String hex) {
        return new Signature(hex, HexFormat.of().parseHex(hex));
    }

    /** The service's settings, with a short patience and these below {@code ingest.webhook}. */
    static IngestProperties settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "ingest.applications[0].application-id", APPLICATION.toString(),
                "ingest.applications[0].tenant-id", TENANT.toString(),
                "ingest.secrets-directory", "unused",
                "ingest.webhook.body-timeout", "300ms",
                "ingest.webhook.deadline", "2s"));
        more.forEach((name, value) -> settings.put("ingest.webhook." + name, value));
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("ingest", IngestProperties.class)
                .get();
    }

    static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static byte[] resource(String name) {
        try (var stream = Objects.requireNonNull(DeliveryFixtures.class.getResourceAsStream("/" + name))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files of the first application as they are mounted. */
    static void writeSecrets(Path root) throws IOException {
        write(root.resolve("webhook/" + APPLICATION + "/current"), CURRENT);
        write(root.resolve("seal/" + APPLICATION + "/keyset.json"), KEYSET);
        write(root.resolve("pseudonym-key"), PSEUDONYM_KEY);
    }

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    /** The service's jar as an operator runs it, with the application of these fixtures. */
    static OperatorJar jar(Path secrets, String brokers, String registry) {
        return OperatorJar.of(
                "webhook-ingest-service",
                Map.of(
                        "INGEST_SECRETSDIRECTORY", secrets.toString(),
                        "INGEST_APPLICATIONS_0_APPLICATIONID", APPLICATION.toString(),
                        "INGEST_APPLICATIONS_0_TENANTID", TENANT.toString(),
                        "SPRING_KAFKA_BOOTSTRAPSERVERS", brokers,
                        "SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL", registry));
    }
}

package dev.borrowerjourney.session.testing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.SessionService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole service over HTTP, with a real database; the platform and the partner are stand-ins that a test can bend. */
@SpringBootTest(
        classes = SessionService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "platform.call-timeout=3s",
            "session.relay.timeouts.first-byte=3s",
            "session.relay.timeouts.idle=2s",
            "session.relay.timeouts.whole=20s",
            "session.journeys.longest-wait=3s",
            "session.reconciliation.enabled=false"
        })
public abstract class ServiceUnderTest {

    protected static final String API_KEY = "sk_test_canary_" + UUID.randomUUID();
    protected static final UUID APPLICATION = UUID.fromString("11111111-1111-4111-8111-111111111111");
    protected static final UUID TENANT = UUID.fromString("22222222-2222-4222-8222-222222222222");
    protected static final String ORIGIN = "https://loans.partner.example";
    protected static final PlatformStandIn PLATFORM = new PlatformStandIn(API_KEY);
    protected static final Partner PARTNER = new Partner();
    protected static final TestDatabase DATABASE = TestDatabase.shared();
    private static final String PSEUDONYM_KEY = randomKey();
    private static final Path SECRETS = secrets();

    protected final String borrower = "CUST_" + UUID.randomUUID();
    protected final JdbcClient database = JdbcClient.create(DATABASE.as("bj_session"));

    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    protected WebTestClient app = WebTestClient.bindToServer().build();
    protected WebTestClient management = WebTestClient.bindToServer().build();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        JourneyViews.create(DATABASE);
        PLATFORM.serve("/identity/jwks.json", PARTNER.publicKeys());
        common().forEach((name, value) -> registry.add(name, () -> value));
    }

    /** What a further instance is started with; it would ask the platform of its own accord. */
    protected static Map<String, String> settings() {
        var settings = new HashMap<>(common());
        settings.put("session.reconciliation.enabled", "false");
        return Map.copyOf(settings);
    }

    private static Map<String, String> common() {
        return Map.of(
                "session.secrets-directory",
                SECRETS.toString(),
                "session.identity.issuer",
                Partner.ISSUER,
                "session.identity.jwks-uri",
                PLATFORM.url() + "/identity/jwks.json",
                "session.identity.allow-plain-http",
                "true",
                "session.browser.allowed-origins",
                ORIGIN,
                "platform.base-url",
                PLATFORM.url().toString(),
                "platform.allow-plain-http",
                "true",
                "platform.applications[0].application-id",
                APPLICATION.toString(),
                "platform.applications[0].tenant-id",
                TENANT.toString(),
                "spring.datasource.url",
                DATABASE.url());
    }

    @BeforeEach
    void connect() {
        app = client(port);
        management = client(managementPort);
    }

    protected String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    protected static BorrowerKey keyOf(String borrower) {
        return keyOf(APPLICATION, borrower);
    }

    protected static BorrowerKey keyOf(UUID application, String borrower) {
        return PseudonymKey.of(PSEUDONYM_KEY).borrowerKey(application, borrower);
    }

    protected String sessionTokenOf(String borrower) {
        return create(borrower, UUID.randomUUID().toString(), "").sessionToken();
    }

    protected Created create(String borrower, String idempotencyKey, String body) {
        return create(app, borrower, idempotencyKey, body);
    }

    protected static Created create(WebTestClient app, String borrower, String idempotencyKey, String body) {
        return Objects.requireNonNull(app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Created.class)
                .returnResult()
                .getResponseBody());
    }

    /** What an instance shows Prometheus. */
    protected static String metricsOf(WebTestClient management) {
        return Objects.requireNonNull(management
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    /** The value of a metric with just these tags, or -1 if there is none. */
    protected double valueOf(String nameAndTags) {
        return Metrics.values(metricsOf(management), line -> line.startsWith(nameAndTags + " "))
                .findFirst()
                .orElse(-1);
    }

    /** An instance on this port of the loopback address. */
    static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(60))
                .filter(new HttpDescribedAnswers())
                // As much as the relay lets pass.
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
    }

    private static Path secrets() {
        try {
            var root = Files.createTempDirectory("session-secrets");
            root.toFile().deleteOnExit();
            write(root, "platform/" + APPLICATION + "/api-key", API_KEY);
            write(root, "keyset.json", keyset());
            write(root, "pseudonym-key", PSEUDONYM_KEY);
            DATABASE.writePassword("bj_session", root);
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the service know the API key of one more application. */
    protected static void writeApiKey(UUID application) {
        writeApiKey(application, API_KEY);
    }

    /** Has the service know an API key, or another one. */
    protected static void writeApiKey(UUID application, String apiKey) {
        try {
            Files.deleteIfExists(SECRETS.resolve("platform/" + application + "/api-key"));
            write(SECRETS, "platform/" + application + "/api-key", apiKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path root, String name, String value) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
    }

    public static String keyset() {
        try {
            AeadConfig.register();
            var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String randomKey() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** What the app reads of a session's answer. */
    public record Created(UUID sessionId, String sessionToken) {}
}

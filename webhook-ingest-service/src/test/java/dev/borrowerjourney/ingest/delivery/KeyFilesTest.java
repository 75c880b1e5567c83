package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.PREVIOUS;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.delivery;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.ingest.delivery.IngestProperties.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

    static final byte[] BODY = {'{', '}'};

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it.
    Path root;

    final KeyFiles files = new KeyFiles(List.of(new Application(APPLICATION, TENANT)));

    @BeforeEach
    void mountSecrets() throws IOException {
        DeliveryFixtures.writeSecrets(root);
    }

    @Test
    void readsEverySecretOfAnApplication() throws IOException {
        write(webhook("previous"), PREVIOUS + "\n");

        assertThat(signer(read(), CURRENT)).contains("current");
        assertThat(signer(read(), PREVIOUS)).contains("previous");
        assertThat(signer(read(), "whsec_unknown_0123456789")).isEmpty();
    }

    @Test
    void countsSecretsWithinTheirLifetimeOnly() throws IOException {
        write(webhook("current.json"), "{\"notAfter\":\"%s\"}".formatted(NOW));
        write(webhook("previous"), PREVIOUS);
        write(webhook("previous.json"), "{\"notBefore\":\"%s\"}".formatted(NOW));

        assertThat(signer(read(), CURRENT)).isEmpty();
        assertThat(signer(read(), PREVIOUS)).contains("previous");
    }

    /** A rotation must not need a restart. */
    @Test
    void seesNewSecretsWhileRunning() throws IOException {
        try (var directory = new SecretDirectory(root)) {
            var keys = directory.watch(files::read);
            assertThat(signer(keys.current(), PREVIOUS)).isEmpty();

            write(webhook("previous"), PREVIOUS);

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(signer(keys.current(), PREVIOUS))
                    .contains("previous"));
        }
    }

    @Test
    void refusesShortSecretByItsFile() throws IOException {
        write(webhook("next"), "short");

        assertThatThrownBy(this::read)
                .hasMessageContaining("webhook/" + APPLICATION + "/next: ")
                .hasMessageContaining("5 bytes (expected: at least 16)");
    }

    @Test
    void refusesEmptySecret() throws IOException {
        write(webhook("next"), "");

        assertThatThrownBy(this::read).hasMessageContaining("next").hasMessageContaining("empty");
    }

    @Test
    void refusesApplicationWithoutSecret() throws IOException {
        Files.delete(webhook("current"));

        assertThatThrownBy(this::read).hasMessageContaining("webhook/" + APPLICATION + ": no webhook secret");
    }

    @Test
    void refusesApplicationWithoutKeyset() throws IOException {
        Files.delete(root.resolve("seal/" + APPLICATION + "/keyset.json"));

        assertThatThrownBy(this::read).hasMessageContaining("seal/" + APPLICATION + "/keyset.json");
    }

    @Test
    void refusesWhatIsNoKeyset() throws IOException {
        write(root.resolve("seal/" + APPLICATION + "/keyset.json"), "{}");

        assertThatThrownBy(this::read).hasMessageContaining("seal/" + APPLICATION + "/keyset.json: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"notbefore\":\"2026-01-01T00:00:00Z\"}",
                "{\"notAfter\":\"tomorrow\"}",
                "{\"notBefore\":\"2026-01-02T00:00:00Z\",\"notAfter\":\"2026-01-01T00:00:00Z\"}"
            })
    void refusesLifetimeThatCannotBe(String json) throws IOException {
        write(webhook("current.json"), json);

        assertThatThrownBy(this::read).hasMessageContaining("current.json: ");
    }

    private Path webhook(String name) {
        return root.resolve("webhook/" + APPLICATION + "/" + name);
    }

    private Map<UUID, ApplicationKeys> read() {
        try (var directory = new SecretDirectory(root)) {
            return files.read(directory);
        }
    }

    private static Optional<String> signer(Map<UUID, ApplicationKeys> keys, String secret) {
        return Objects.requireNonNull(keys.get(APPLICATION))
                .signerOf(delivery(TIMESTAMP, sign(secret, TIMESTAMP, BODY), BODY))
                .map(WebhookSecret::id);
    }
}

package dev.borrowerjourney.notifier.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AddressSealTest {

    private static final UUID REGISTRATION = UUID.fromString("018f3b1e-7a4c-7d2e-9b5a-3c6d8e0f1a2b");

    /** Channels that are on stay on with the credentials that they have; so must what seals their addresses. */
    @Test
    void sealsAndOpensAfterItsKeysetIsRemoved() throws IOException {
        var mounted = PushSecrets.create();
        var registry = new SimpleMeterRegistry();
        try (var secrets = new SecretDirectory(mounted.directory())) {
            secrets.bindTo(registry);
            var seal = new AddressSeal(secrets);
            byte[] before = seal.seal(Secret.of("address"), REGISTRATION);

            Files.delete(mounted.directory().resolve("keyset.json"));
            await().atMost(Duration.ofMinutes(1)).until(() -> reloads(registry) > 0);

            assertThat(seal.open(before, REGISTRATION)).contains(Secret.of("address"));
            assertThat(seal.open(seal.seal(Secret.of("later"), REGISTRATION), REGISTRATION))
                    .contains(Secret.of("later"));
        }
    }

    private static double reloads(SimpleMeterRegistry registry) {
        return registry.get("secrets.reloads").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}

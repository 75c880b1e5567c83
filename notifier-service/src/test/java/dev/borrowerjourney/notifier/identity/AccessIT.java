package dev.borrowerjourney.notifier.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.EventStream;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final Duration LIFE = Duration.ofMinutes(5);

    static RunningNotifier notifier;

    @BeforeAll
    static void start() {
        ReadModel.in(TestDatabase.shared().as("bj_projector"));
        notifier = RunningNotifier.start(
                TestBroker.shared().bootstrapServers(),
                TestRegistry.shared().url(),
                TestDatabase.shared(),
                IDENTITY);
    }

    @AfterAll
    static void stop() {
        notifier.close();
        IDENTITY.close();
    }

    @Test
    void opensForGoodToken() {
        assertStatus(200, IDENTITY.token("CUST_0012"));
    }

    @Test
    void refusesMissingToken() {
        assertStatus(401, null);
    }

    @Test
    void refusesWhatIsNoToken() {
        assertStatus(401, "sk_test_0000");
    }

    @Test
    void refusesForgedToken() {
        assertStatus(401, IDENTITY.forgedToken("CUST_0012"));
    }

    @Test
    void refusesExpiredToken() {
        assertStatus(401, IDENTITY.token("CUST_0012", Duration.ofMinutes(-1), _ -> {}));
    }

    @Test
    void refusesTokenWithoutEnd() {
        assertStatus(401, IDENTITY.token("CUST_0012", LIFE, claims -> claims.expirationTime(null)));
    }

    @Test
    void refusesTokenForOthers() {
        assertStatus(401, IDENTITY.token("CUST_0012", LIFE, claims -> claims.audience("another-service")));
        assertStatus(401, IDENTITY.token("CUST_0012", LIFE, claims -> claims.issuer("https://other.example.com")));
    }

    @Test
    void refusesForeignApplication() {
        assertStatus(
                401,
                IDENTITY.token(
                        "CUST_0012",
                        LIFE,
                        claims -> claims.claim("application_id", "00000000-0000-4000-8000-000000000000")));
    }

    @Test
    void refusesIdThatTellsWhoSomebodyIs() {
        assertStatus(403, IDENTITY.token("9876543210"));
    }

    private static void assertStatus(int expected, @Nullable String token) {
        try (var stream = EventStream.open(notifier.uri("/v1/stream"), token)) {
            assertThat(stream.status()).isEqualTo(expected);
            assertThat(stream.header("x-correlation-id")).isNotEmpty();
            assertThat(stream.header("content-type"))
                    .startsWith(expected == 200 ? "text/event-stream" : "application/problem+json");
            if (expected == 401 && (token == null || !token.contains("."))) {
                assertThat(stream.header("www-authenticate")).isEqualTo("Bearer");
            }
        }
    }
}

package dev.borrowerjourney.notifier.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.EventStream;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class AccessIT {

    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;
    static final Duration LIFE = Duration.ofMinutes(5);

    static final JsonMapper JSON = new JsonMapper();

    final RunningNotifier notifier = SharedNotifier.running();

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

    /** The provider is asked for new keys now and then only; that must not turn a foreign token into an outage. */
    @Test
    void refusesEveryTokenSignedByUnknownKey() {
        for (int i = 0; i < 5; i++) {
            assertStatus(401, IDENTITY.token("CUST_0012", header -> header.keyID("unknown")));
        }
        assertStatus(200, IDENTITY.token("CUST_0012"));
    }

    @Test
    void opensForTokenThatCallsItselfAccessToken() {
        assertStatus(200, IDENTITY.token("CUST_0012", header -> header.type(new JOSEObjectType("at+jwt"))));
        assertStatus(200, IDENTITY.token("CUST_0012", header -> header.type(JOSEObjectType.JWT)));
        assertStatus(401, IDENTITY.token("CUST_0012", header -> header.type(new JOSEObjectType("dpop+jwt"))));
    }

    @Test
    void tellsAsProblemThatPathIsInDisguise() {
        try (var stream = EventStream.open(notifier.uri("/v1//stream"), IDENTITY.token("CUST_0012"))) {
            assertThat(stream.status()).isEqualTo(400);
            assertThat(stream.header("content-type")).startsWith("application/problem+json");
            assertThat(stream.header("x-correlation-id")).isNotEmpty();
        }
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

    @Test
    void opensOneStreamForOneTicket() {
        var issued = notifier.post("/v1/stream/tickets", IDENTITY.token("CUST_0012"), "");
        assertThat(issued.statusCode()).isEqualTo(201);
        var ticket = JSON.readTree(issued.body()).get("ticket").asString();
        var uri = notifier.uri("/v1/stream?ticket=" + ticket);

        try (var stream = EventStream.open(uri, null);
                var again = EventStream.open(uri, null)) {
            stream.awaitSeen("ready");
            assertThat(again.status()).isEqualTo(401);
        }
    }

    @Test
    void keepsOnlyTheHashOfTicket() {
        var issued = notifier.post("/v1/stream/tickets", IDENTITY.token("CUST_0012"), "");
        var ticket = JSON.readTree(issued.body()).get("ticket").asString();
        var stored = JdbcClient.create(TestDatabase.shared().superuser())
                .sql("SELECT string_agg(ticket::text, ' ') FROM notification.ticket")
                .query(String.class)
                .single();

        assertThat(stored).isNotEmpty().doesNotContain(ticket);
    }

    @Test
    void refusesTicketThatIsTooOld() {
        var issued = notifier.post("/v1/stream/tickets", IDENTITY.token("CUST_0012"), "");
        var ticket = JSON.readTree(issued.body()).get("ticket").asString();
        JdbcClient.create(TestDatabase.shared().superuser())
                .sql("UPDATE notification.ticket SET usable_until = now() - interval '1 second'")
                .update();

        try (var stream = EventStream.open(notifier.uri("/v1/stream?ticket=" + ticket), null)) {
            assertThat(stream.status()).isEqualTo(401);
        }
    }

    @Test
    void takesTicketsForStreamsOnly() {
        try (var stream = EventStream.open(notifier.uri("/v1/stream/tickets?ticket=x"), null)) {
            assertThat(stream.status()).isEqualTo(401);
        }
    }

    private void assertStatus(int expected, @Nullable String token) {
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

package dev.borrowerjourney.session.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent and read is held against requests and answers of the platform's public documentation. */
class HttpSubscriptionsTest {

    private static final String API_KEY = "sk_test_key";
    private static final UUID KEY = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final String CORRELATION = "44444444-4444-4444-8444-444444444444";
    private static final URI URL = URI.create("https://partner.example.org/webhooks/journey-snapshots");
    private static final PlatformProperties.Application APPLICATION = new PlatformProperties.Application(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            UUID.fromString("22222222-2222-4222-8222-222222222222"),
            URL);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PlatformStandIn standIn = new PlatformStandIn(API_KEY);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path secrets;

    @SuppressWarnings("NullAway.Init")
    private HttpSubscriptions platform;

    @BeforeEach
    void start() {
        platform = PlatformFixtures.subscriptions(standIn.url(), List.of(APPLICATION), secrets, API_KEY);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void readsConfigurationAsDocumented() {
        var golden = golden("subscription-read");

        var answer = platform.read(APPLICATION, CORRELATION);

        assertSent(golden, null);
        assertThat(answer).isEqualTo(answered(true, URL.toString()));
    }

    @Test
    void subscribesAsDocumented() {
        var golden = golden("subscription-subscribe");

        var answer = platform.subscribe(APPLICATION, URL, KEY, CORRELATION);

        assertSent(golden, KEY);
        assertThat(answer).isEqualTo(answered(true, URL.toString()));
    }

    @Test
    void unsubscribesAsDocumented() {
        var golden = golden("subscription-unsubscribe");

        var answer = platform.unsubscribe(APPLICATION, KEY, CORRELATION);

        assertSent(golden, KEY);
        assertThat(answer).isEqualTo(answered(false, null));
    }

    /** All other answers of the platform come in its envelope; this one may some day. */
    @Test
    void readsConfigurationInTheEnvelope() {
        var golden = golden("subscription-read");
        answer(golden, 200, "{\"requestID\": \"r\", \"error\": null, \"data\": " + golden.at("/answer/body") + "}");

        assertThat(platform.read(APPLICATION, CORRELATION)).isEqualTo(answered(true, URL.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "<html>",
                "{\"tenant_id\": \"t\", \"application_id\": \"a\", \"webhook_enabled\": \"yes\", \"webhook_url\": null}",
                "{\"tenant_id\": \"t\", \"webhook_enabled\": true, \"webhook_url\": null}"
            })
    void tellsUnreadableAnswers(String body) {
        answer(golden("subscription-read"), 200, body);

        assertThat(platform.read(APPLICATION, CORRELATION))
                .isEqualTo(new PlatformAnswer.Unanswered<>(PlatformAnswer.Cause.UNREADABLE));
    }

    private static PlatformAnswer<Subscription> answered(boolean enabled, @Nullable String url) {
        return new PlatformAnswer.Answered<>(new Subscription(
                APPLICATION.tenantId().toString(), APPLICATION.applicationId().toString(), enabled, url));
    }

    private JsonNode golden(String name) {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/golden/" + name + ".json"))) {
            var golden = JSON.readTree(file);
            answer(
                    golden,
                    golden.at("/answer/status").intValue(),
                    golden.at("/answer/body").toString());
            return golden;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(JsonNode golden, int status, String body) {
        standIn.on(
                golden.at("/request/method").stringValue() + " "
                        + golden.at("/request/path").stringValue(),
                Answer.json(status, body));
    }

    private void assertSent(JsonNode golden, @Nullable UUID idempotencyKey) {
        assertThat(standIn.requestsOn(golden.at("/request/path").stringValue()))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.method())
                            .isEqualTo(golden.at("/request/method").stringValue());
                    assertThat(request.header("authorization")).isEqualTo("Bearer " + API_KEY);
                    assertThat(request.header("idempotency-key"))
                            .isEqualTo(idempotencyKey == null ? null : idempotencyKey.toString());
                    assertThat(request.header("x-correlation-id")).isEqualTo(CORRELATION);
                    assertThat(request.body().isEmpty() ? JSON.missingNode() : JSON.readTree(request.body()))
                            .isEqualTo(golden.at("/request/body"));
                });
    }
}

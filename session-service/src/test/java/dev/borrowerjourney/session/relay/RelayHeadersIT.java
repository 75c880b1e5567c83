package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Which headers pass, of the app and of the platform. */
class RelayHeadersIT extends RelayedCalls {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Accept              | application/json                   | true
            Accept-Language     | hi-IN                              | true
            If-Match            | "1"                                | true
            If-None-Match       | "1"                                | true
            Idempotency-Key     | key-1                              | true
            Accept-Encoding     | br                                 | false
            Cookie              | secret=1                           | false
            Forwarded           | for=10.0.0.1                       | false
            Keep-Alive          | timeout=5                          | false
            Origin              | https://loans.partner.example      | false
            Proxy-Authorization | Basic dXNlcjpwYXNz                 | false
            Proxy-Connection    | keep-alive                         | false
            Range               | bytes=0-1                          | false
            TE                  | trailers                           | false
            Via                 | 1.1 inner                          | false
            X-API-Key           | sk_test_1                          | false
            X-AL-Tenant-ID      | other                              | false
            X-Forwarded-For     | 10.0.0.1                           | false
            X-Forwarded-Host    | inner                              | false
            X-HTTP-Method-Override | DELETE                          | false
            X-Original-URL      | /api/v1/headless/sessions          | false
            X-Real-IP           | 10.0.0.1                           | false
            X-Tenant            | other                              | false
            """)
    void sendsOn(String name, String value, boolean sentOn) {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));

        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header(name, value)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> {
            if (sentOn) {
                assertThat(request.header(name.toLowerCase(Locale.ROOT))).isEqualTo(value);
            } else {
                assertThat(request.headers()).doesNotContainValue(value);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Allow                  | GET, PUT                         | true
            Content-Language       | hi-IN                            | true
            ETag                   | "1"                              | true
            Idempotency-Replayed   | true                             | true
            Last-Modified          | Tue, 03 Mar 2026 08:30:00 GMT    | true
            Location               | /api/v1/headless/journeys/1      | true
            RateLimit-Remaining    | 7                                | true
            Retry-After            | 3                                | true
            X-RateLimit-Limit      | 10                               | true
            Access-Control-Allow-Origin | *                           | false
            Alt-Svc                | h3=":443"                        | false
            Forwarded              | for=10.0.0.1                     | false
            Keep-Alive             | timeout=5                        | false
            Location               | https://inner-7/journeys/1       | false
            Location               | //inner-7/journeys/1             | false
            Proxy-Authenticate     | Basic                            | false
            Refresh                | 0; url=https://inner-7/          | false
            Server                 | inner-7                          | false
            Server-Timing          | db;dur=53                        | false
            Set-Cookie             | a=b                              | false
            TE                     | gzip                             | false
            Trailer                | X-Internal                       | false
            Upgrade                | h2c                              | false
            Via                    | 1.1 inner                        | false
            X-Amzn-Trace-Id        | Root=1-1                         | false
            X-BAP-ID               | bap-1                            | false
            X-Envoy-Upstream-Service-Time | 5                         | false
            X-Forwarded-Host       | inner                            | false
            X-Kong-Upstream-Latency | 5                               | false
            X-Powered-By           | Express                          | false
            """)
    void letsThrough(String name, String value, boolean passes) {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}").with(name, value));

        var answer = get().expectStatus().isOk().returnResult(String.class).getResponseHeaders();

        if (passes) {
            assertThat(answer.getOrEmpty(name)).containsExactly(value);
        } else {
            assertThat(answer.headerSet())
                    .noneSatisfy(header -> assertThat(header.getValue()).contains(value));
        }
    }

    @Test
    void dropsWhatTheHopToThePlatformNames() {
        PLATFORM.on(
                "GET " + path,
                Answer.json(200, "{\"data\": {}}")
                        .with("Connection", "ETag, X-Inner")
                        .with("ETag", "\"1\""));

        get().expectStatus().isOk().expectHeader().doesNotExist("ETag");
    }

    /** The same resource is found here. */
    @Test
    void keepsTheAppAtThisHost() {
        PLATFORM.on("GET " + path, Answer.json(201, "{\"data\": {}}").with("Location", PLATFORM.url() + path));

        get().expectStatus().isCreated().expectHeader().valueEquals("Location", path);
    }

    @Test
    void letsNoClientNameTheTokenAsHeaderOfTheHop() {
        PLATFORM.on("POST " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);

        app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", "key-1")
                .header("Connection", "Authorization, Idempotency-Key")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> {
            assertThat(PLATFORM.tokensOf(borrower)).contains(bearer(request));
            assertThat(request.header("idempotency-key")).isEqualTo("key-1");
        });
    }

    @Test
    void requiresKeyOnMutations() {
        var answer = app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .exchange();

        expectProblem(answer, 400, "IDEMPOTENCY_KEY_REQUIRED");
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\tb", "clé"})
    void refusesKeyThatIsNone(String key) {
        var answer = post(sessionTokenOf(borrower), key, "{}");

        expectProblem(answer, 400, "IDEMPOTENCY_KEY_INVALID");
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "Authorization", "Content-Type"})
    void refusesWhatIsSaidTwice(String name) {
        var token = sessionTokenOf(borrower);

        var answer = sent(token, name);

        expectProblem(answer, 400, "MALFORMED_REQUEST");
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    private WebTestClient.ResponseSpec sent(String token, String twice) {
        var request = app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString());
        return request.headers(headers -> headers.add(twice, headers.getFirst(twice)))
                .bodyValue("{}")
                .exchange();
    }
}

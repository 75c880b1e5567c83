package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

class SessionsIT extends ServiceUnderTest {

    private static final String PROFILE = """
            {"journeyType": "PERSONAL_LOAN", "borrowerExternalId": "SOMEBODY_ELSE",
             "profile": {"contactNumber": "9876543210", "panName": "Asha Canary"}}""";

    /** What the app is given; other custodies give other tokens. */
    protected String tokenShape() {
        return "bst_[A-Za-z0-9_-]{43}";
    }

    @Test
    void createsSessionWithTheApiKey() {
        var correlationId = UUID.randomUUID().toString();

        post(borrower, UUID.randomUUID().toString(), "", correlationId)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Correlation-ID", correlationId)
                .expectHeader()
                .doesNotExist("Idempotency-Replayed")
                .expectBody()
                .jsonPath("$.sessionId")
                .isNotEmpty()
                .jsonPath("$.sessionToken")
                .value(token -> assertThat((String) token).matches(tokenShape()))
                .jsonPath("$.sessionExpiresAt")
                .value(instant -> assertThat((String) instant).endsWith("Z"))
                .jsonPath("$.activeJourney.journeyId")
                .isEqualTo("j-active")
                .jsonPath("$.activeJourney.nextAction")
                .isEqualTo("VIEW_OFFERS")
                .jsonPath("$.links.relay")
                .isEqualTo("/api/v1/headless")
                .jsonPath("$.links.stream")
                .isEqualTo("/v1/stream");

        assertThat(PLATFORM.openingsOf(borrower)).singleElement().satisfies(request -> {
            assertThat(request.header("authorization")).isEqualTo("Bearer " + API_KEY);
            assertThat(request.header("x-correlation-id")).isEqualTo(correlationId);
            assertThat(UUID.fromString(String.valueOf(request.header("idempotency-key")))
                            .version())
                    .isEqualTo(5);
        });
    }

    @Test
    void tellsThatThereIsNoJourney() {
        PLATFORM.onSession(borrower, Answer.json(200, """
                {"data": {"sessionToken": "pst_0000000001", "refreshToken": "prt_0000000001", "activeJourney": null,
                 "sessionExpiresAt": "2099-01-01T00:00:00Z", "refreshExpiresAt": "2099-01-02T00:00:00Z"}}"""));

        post(borrower, UUID.randomUUID().toString(), "", UUID.randomUUID().toString())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.activeJourney")
                .isEqualTo(null);
    }

    @Test
    void passesPersonalDataOnWithoutKeepingIt() {
        create(borrower, UUID.randomUUID().toString(), PROFILE);

        assertThat(PLATFORM.openingsOf(borrower)).singleElement().satisfies(request -> assertThat(request.body())
                .contains("9876543210", "Asha Canary", "PERSONAL_LOAN", borrower)
                .doesNotContain("SOMEBODY_ELSE"));
        assertThat(everythingStored()).doesNotContain("9876543210", "Asha Canary", borrower);
    }

    /** A copy of the database opens nothing. */
    @Test
    void storesNoTokenReadably() {
        var token = sessionTokenOf(borrower);

        assertThat(everythingStored())
                .doesNotContain(token)
                .doesNotContain(PLATFORM.tokensOf(borrower))
                .doesNotContain(PLATFORM.refreshTokensOf(borrower));
    }

    @Test
    void answersReplayWithTheSameSession() {
        var key = UUID.randomUUID().toString();
        var first = create(borrower, key, PROFILE);

        post(borrower, key, PROFILE, UUID.randomUUID().toString())
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true")
                .expectBody()
                .jsonPath("$.sessionId")
                .isEqualTo(first.sessionId().toString())
                .jsonPath("$.activeJourney.journeyId")
                .isEqualTo("j-active");
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    @Test
    void refusesKeyUsedForAnotherBody() {
        var key = UUID.randomUUID().toString();
        create(borrower, key, "");

        problem(post(borrower, key, PROFILE, UUID.randomUUID().toString()), 422, "idempotency-key-reused");
    }

    /** Another borrower's key is another key. */
    @Test
    void keepsKeysOfBorrowersApart() {
        var key = UUID.randomUUID().toString();
        create(borrower, key, "");

        post("CUST_" + UUID.randomUUID(), key, PROFILE, UUID.randomUUID().toString())
                .expectStatus()
                .isOk();
    }

    @Test
    void refusesRequestWithoutKey() {
        problem(
                app.post()
                        .uri("/v1/sessions")
                        .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                        .exchange(),
                400,
                "idempotency-key-required");
    }

    @Test
    void refusesBodyThatIsNoObject() {
        problem(
                post(
                        borrower,
                        UUID.randomUUID().toString(),
                        "[1",
                        UUID.randomUUID().toString()),
                400,
                "body-unreadable");
        problem(
                post(
                        borrower,
                        UUID.randomUUID().toString(),
                        "{\"profile\": 1}",
                        UUID.randomUUID().toString()),
                400,
                "body-unreadable");
    }

    @Test
    void refusesReplayOfEndedSession() {
        var key = UUID.randomUUID().toString();
        create(borrower, key, "");
        delete("/v1/sessions").expectStatus().isNoContent();

        problem(post(borrower, key, "", UUID.randomUUID().toString()), 409, "session-ended");
    }

    @Test
    void refreshesWithAnotherToken() {
        var created = create(borrower, UUID.randomUUID().toString(), "");

        app.post()
                .uri("/v1/sessions/{id}/refresh", created.sessionId())
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.sessionId")
                .isEqualTo(created.sessionId().toString())
                .jsonPath("$.sessionToken")
                .value(token -> assertThat(token).isNotEqualTo(created.sessionToken()));
    }

    @Test
    void listsSessionsInPages() {
        create(borrower, UUID.randomUUID().toString(), "");
        create(borrower, UUID.randomUUID().toString(), "");

        var first = page("/v1/sessions?limit=1");
        var second = page("/v1/sessions?limit=1&cursor=" + first.next());

        assertThat(first.items()).hasSize(1);
        assertThat(second.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "yesterday"})
    void refusesCursorThatItNeverGave(String createdAt) {
        var cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + UUID.randomUUID()).getBytes(UTF_8));

        problem(
                app.get()
                        .uri("/v1/sessions?cursor=" + cursor)
                        .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                        .exchange(),
                400,
                "parameter-invalid");
    }

    @Test
    void endsOnlyOwnSessions() {
        var created = create(borrower, UUID.randomUUID().toString(), "");
        var other = "CUST_" + UUID.randomUUID();

        problem(
                app.delete()
                        .uri("/v1/sessions/{id}", created.sessionId())
                        .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(other)))
                        .exchange(),
                404,
                "session-unknown");
        delete("/v1/sessions/" + created.sessionId()).expectStatus().isNoContent();
        problem(delete("/v1/sessions/" + created.sessionId()), 404, "session-unknown");
    }

    @Test
    void saysWhatThePlatformRefused() {
        PLATFORM.onSession(borrower, Answer.json(422, PlatformStandIn.failure("PAN_INVALID")));

        problem(
                        post(
                                borrower,
                                UUID.randomUUID().toString(),
                                "",
                                UUID.randomUUID().toString()),
                        422,
                        "platform-refused")
                .jsonPath("$.platformCode")
                .isEqualTo("PAN_INVALID");
    }

    @Test
    void passesOnHowLongThePlatformWantsToBeLeftAlone() {
        PLATFORM.onSession(
                borrower,
                Answer.json(429, PlatformStandIn.failure("RATE_LIMITED")).with("Retry-After", "7"));

        post(borrower, UUID.randomUUID().toString(), "", UUID.randomUUID().toString())
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "7");
    }

    /** The first call might have been executed: the retry must carry the platform the same key. */
    @Test
    void retriesUnderTheSamePlatformKeyAfterTimeout() {
        var key = UUID.randomUUID().toString();
        var caller = new Borrower(APPLICATION, borrower, keyOf(borrower));
        var platformKey = IdempotencyKey.of(key, caller, "POST /v1/sessions")
                .forPlatform()
                .toString();
        PLATFORM.onSession(borrower, Answer.json(200, "{}").heldFor(Duration.ofSeconds(5)));
        problem(post(borrower, key, "", UUID.randomUUID().toString()), 504, "platform-timeout");
        PLATFORM.healSession(borrower);

        post(borrower, key, "", UUID.randomUUID().toString()).expectStatus().isOk();

        assertThat(PLATFORM.openingsOf(borrower))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(2)
                .containsOnly(platformKey);
    }

    @Test
    void answersBadGatewayToAnswerWithoutToken() {
        PLATFORM.onSession(borrower, Answer.json(200, "{\"data\": {}}"));

        problem(
                post(
                        borrower,
                        UUID.randomUUID().toString(),
                        "",
                        UUID.randomUUID().toString()),
                502,
                "platform-failed");
    }

    private WebTestClient.ResponseSpec post(String borrower, String key, String body, String correlationId) {
        return app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", key)
                .header("X-Correlation-ID", correlationId)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec delete(String path) {
        return app.delete()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange();
    }

    private Listing page(String path) {
        return Objects.requireNonNull(app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Listing.class)
                .returnResult()
                .getResponseBody());
    }

    /** All that the tables hold, bytes as the characters they might be. */
    private String everythingStored() {
        var text = new StringBuilder();
        for (var table : List.of("platform_session", "session", "session_token", "idempotency")) {
            database.sql("SELECT * FROM session." + table).query().listOfRows().forEach(row -> row.values()
                    .forEach(value -> text.append(
                                    value instanceof byte[] bytes
                                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                                            : value)
                            .append('\n')));
        }
        return text.toString();
    }

    private static WebTestClient.BodyContentSpec problem(WebTestClient.ResponseSpec answer, int status, String type) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:" + type)
                .jsonPath("$.correlationId")
                .isNotEmpty();
    }

    private record Listing(
            List<Map<String, Object>> items, @Nullable String next) {}
}

package dev.borrowerjourney.session.journey;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

class JourneysIT extends ServiceUnderTest {

    private static final Instant CHANGED = Instant.parse("2026-03-05T08:00:00Z");
    private static final String OFFER = """
            {"type": "PERSONAL_LOAN", "lender": "L", "selectedOfferId": null, "repayment": null,
             "offers": [{"offerId": "o-1", "amount": "100000.00"}]}""";

    private final String journeyId = UUID.randomUUID().toString();
    private final JdbcClient projector = JdbcClient.create(DATABASE.as("bj_projector"));

    @Test
    void showsJourney() {
        show(borrower, journeyId, "OFFERS_AVAILABLE", CHANGED);

        get(borrower, "/v1/journeys/" + journeyId)
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"journeyId": "%s", "applicationId": "%s", "type": "PERSONAL_LOAN", "status": "OFFERS_AVAILABLE",
                         "nextAction": "VIEW_OFFERS", "version": 3, "source": "WEBHOOK", "platformAt": null,
                         "changedAt": "2026-03-05T08:00:00Z", "confirmedAt": null,
                         "fresh": {"asOf": "2026-03-05T08:00:00Z", "state": "STALE"},
                         "details": {"type": "PERSONAL_LOAN", "lender": "L", "selectedOfferId": null, "repayment": null,
                         "offers": [{"offerId": "o-1", "amount": "100000.00"}]}}
                        """.formatted(journeyId, APPLICATION), JsonCompareMode.STRICT);
    }

    @Test
    void showsRecentStateAsFresh() {
        show(borrower, journeyId, "STARTED", Instant.now());

        get(borrower, "/v1/journeys/" + journeyId)
                .expectBody()
                .jsonPath("$.fresh.state")
                .isEqualTo("FRESH");
    }

    @Test
    void hidesJourneyOfAnotherBorrower() {
        show(borrower, journeyId, "STARTED", CHANGED);
        var other = "CUST_" + UUID.randomUUID();

        unknown(get(other, "/v1/journeys/" + journeyId));
        unknown(get(other, "/v1/journeys/" + journeyId + "/timeline"));
        get(other, "/v1/journeys").expectBody().jsonPath("$.items").isEmpty();
    }

    @Test
    void listsJourneysInPages() {
        show(borrower, "a" + journeyId, "STARTED", CHANGED);
        show(borrower, "b" + journeyId, "STARTED", CHANGED);

        get(borrower, "/v1/journeys?limit=1")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.next")
                .isEqualTo("a" + journeyId);
        get(borrower, "/v1/journeys?limit=1&cursor=a" + journeyId)
                .expectBody()
                .jsonPath("$.items[0].journeyId")
                .isEqualTo("b" + journeyId)
                .jsonPath("$.next")
                .isEmpty();
    }

    @Test
    void waitsForNews() throws Exception {
        show(borrower, journeyId, "STARTED", CHANGED);
        var waiting = CompletableFuture.supplyAsync(() -> get(borrower, "/v1/journeys?after=" + CHANGED)
                .returnResult(String.class)
                .getResponseBody()
                .blockFirst());
        assertThat(waiting.isDone()).isFalse();
        show(borrower, journeyId, "PROFILE_REQUIRED", CHANGED.plusSeconds(1));

        assertThat(waiting.get(60, TimeUnit.SECONDS)).contains("PROFILE_REQUIRED");
    }

    @Test
    void waitsNoLongerThanAllowed() {
        show(borrower, journeyId, "STARTED", CHANGED);
        var start = System.nanoTime();

        get(borrower, "/v1/journeys/" + journeyId + "?after=" + CHANGED)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("STARTED");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    @Test
    void refusesUnusableParameters() {
        for (var path : List.of(
                "/v1/journeys?limit=0",
                "/v1/journeys?limit=101",
                "/v1/journeys?limit=many",
                "/v1/journeys?after=yesterday",
                "/v1/journeys?cursor=a\0b",
                "/v1/journeys/x/timeline?cursor=last")) {
            get(borrower, path).expectStatus().isBadRequest();
        }
    }

    @Test
    void showsTimelineInPages() {
        show(borrower, journeyId, "PROFILE_REQUIRED", CHANGED);
        changed(1, null, "{\"status\": \"STARTED\", \"nextAction\": null, \"details\": null}");
        changed(
                2,
                "{\"status\": \"STARTED\", \"nextAction\": null, \"details\": null}",
                "{\"status\": \"PROFILE_REQUIRED\", \"nextAction\": \"COMPLETE_PROFILE\", \"details\": null}");

        get(borrower, "/v1/journeys/" + journeyId + "/timeline?limit=1")
                .expectBody()
                .jsonPath("$.items[0].version")
                .isEqualTo(1)
                .jsonPath("$.items[0].before")
                .isEmpty()
                .jsonPath("$.items[0].after.status")
                .isEqualTo("STARTED")
                .jsonPath("$.next")
                .isEqualTo("1");
        get(borrower, "/v1/journeys/" + journeyId + "/timeline?limit=1&cursor=1")
                .expectBody()
                .jsonPath("$.items[0].before.status")
                .isEqualTo("STARTED")
                .jsonPath("$.next")
                .isEmpty();
    }

    @Test
    void resumesWithoutASessionOfTheApp() {
        var path = HEADLESS + "/journeys/" + journeyId + "/resume";
        PLATFORM.on("PATCH " + path, Answer.json(200, """
                {"data": {"journeyID": "%s", "status": "OFFERS_AVAILABLE", "nextAction": null}}""".formatted(journeyId)));

        resume(UUID.randomUUID().toString())
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"journeyId\": \"%s\", \"status\": \"OFFERS_AVAILABLE\", \"nextAction\": null}"
                        .formatted(journeyId));
    }

    @Test
    void renewsAndResumesUnderTheSameKey() {
        var path = HEADLESS + "/journeys/" + journeyId + "/resume";
        PLATFORM.on("PATCH " + path, Answer.json(200, """
                {"data": {"journeyID": "%s", "status": "STARTED", "nextAction": null}}""".formatted(journeyId)));
        sessionTokenOf(borrower);
        PLATFORM.endSessionsOf(borrower);

        resume(UUID.randomUUID().toString()).expectStatus().isOk();

        assertThat(PLATFORM.requestsOn(path))
                .hasSize(2)
                .extracting(request -> request.header("idempotency-key"))
                .containsOnly(PLATFORM.requestsOn(path).getFirst().header("idempotency-key"));
    }

    @Test
    void resumesNoUnknownJourney() {
        unknown(resume(UUID.randomUUID().toString()));

        PLATFORM.on(
                "PATCH " + HEADLESS + "/journeys/" + journeyId + "/resume",
                Answer.json(403, PlatformStandIn.failure("FORBIDDEN")));
        unknown(resume(UUID.randomUUID().toString()));
    }

    @Test
    void isReadyWithItsViews() {
        management
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.journeyViews.status")
                .isEqualTo("UP");
    }

    private void show(String borrower, String journeyId, String status, Instant changedAt) {
        projector
                .sql("""
                        INSERT INTO journey.shown VALUES (:key, :borrower, :application, :journey, 'PERSONAL_LOAN', :status,
                            'VIEW_OFFERS', :details::jsonb, 3, 'WEBHOOK', NULL, :changedAt, :changedAt)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET status = excluded.status, changed_at = excluded.changed_at
                        """)
                .param("key", keyOf(borrower).journeyKey(journeyId))
                .param("borrower", keyOf(borrower).value())
                .param("application", APPLICATION)
                .param("journey", journeyId)
                .param("status", status)
                .param("details", OFFER)
                .param("changedAt", changedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    private void changed(long version, @Nullable String before, String after) {
        projector
                .sql("""
                        INSERT INTO journey.changes VALUES (:key, :borrower, :application, :journey, :version,
                            :before::jsonb, :after::jsonb, 'WEBHOOK', NULL, now())
                        """)
                .param("key", keyOf(borrower).journeyKey(journeyId))
                .param("borrower", keyOf(borrower).value())
                .param("application", APPLICATION)
                .param("journey", journeyId)
                .param("version", version)
                .param("before", before)
                .param("after", after)
                .update();
    }

    private WebTestClient.ResponseSpec resume(String key) {
        return app.patch()
                .uri("/v1/journeys/" + journeyId + "/resume")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", key)
                .exchange();
    }

    private WebTestClient.ResponseSpec get(String borrower, String path) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange();
    }

    private static void unknown(WebTestClient.ResponseSpec answer) {
        answer.expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:journey-unknown");
    }
}

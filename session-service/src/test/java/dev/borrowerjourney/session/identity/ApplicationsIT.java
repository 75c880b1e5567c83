package dev.borrowerjourney.session.identity;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.JourneyViews;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One deployment for two applications: each has its API key, its borrowers and its idempotency keys. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationsIT extends ServiceUnderTest {

    private static final UUID OTHER = UUID.randomUUID();
    private static final String RELAYED = HEADLESS + "/applications-" + UUID.randomUUID();

    private String otherKey = "sk_test_other_" + UUID.randomUUID();
    private RunningService service;

    @BeforeAll
    void start() {
        PLATFORM.addApiKey(otherKey);
        writeApiKey(OTHER, otherKey);
        service = RunningService.start(
                settings(),
                Map.of(
                        "platform.applications[1].application-id", OTHER.toString(),
                        "platform.applications[1].tenant-id", TENANT.toString()));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void opensSessionsWithTheKeyOfTheApplication() {
        var caller = "CUST_" + UUID.randomUUID();
        post(caller, APPLICATION, "key-1").expectStatus().isOk();
        post(caller, OTHER, "key-1").expectStatus().isOk();

        assertThat(PLATFORM.openingsOf(caller))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer " + API_KEY, "Bearer " + otherKey);
    }

    /** The same key of the same borrower elsewhere is another operation, here and at the platform. */
    @Test
    void keepsKeysOfApplicationsApart() {
        var caller = "CUST_" + UUID.randomUUID();
        post(caller, APPLICATION, "key-1").expectHeader().doesNotExist("Idempotency-Replayed");

        post(caller, OTHER, "key-1").expectHeader().doesNotExist("Idempotency-Replayed");
        post(caller, OTHER, "key-1").expectHeader().valueEquals("Idempotency-Replayed", "true");

        assertThat(PLATFORM.openingsOf(caller))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsSessionsOfApplicationsApart() {
        var caller = "CUST_" + UUID.randomUUID();
        post(caller, APPLICATION, "key-1").expectStatus().isOk();
        post(caller, OTHER, "key-2").expectStatus().isOk();

        delete(caller, OTHER);

        list(caller, OTHER).jsonPath("$.items.length()").isEqualTo(0);
        list(caller, APPLICATION).jsonPath("$.items.length()").isEqualTo(1);
    }

    /** What one application knows of a borrower opens nothing in another, though it is the same person. */
    @Test
    void opensNothingOfAnotherApplication() {
        var caller = "CUST_" + UUID.randomUUID();
        var session = created(caller, APPLICATION);

        for (var call : List.of(
                service.app().delete().uri("/v1/sessions/{id}", session.sessionId()),
                service.app().post().uri("/v1/sessions/{id}/refresh", session.sessionId()))) {
            call.headers(headers -> headers.setBearerAuth(tokenOf(caller, OTHER)))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        relay(session.sessionToken(), 404);
    }

    /** One session at the platform for a borrower and an application: the end of one is none of the other's business. */
    @Test
    void keepsPlatformSessionsOfApplicationsApart() {
        var caller = "CUST_" + UUID.randomUUID();
        var one = created(caller, APPLICATION);
        var other = created(caller, OTHER);

        relay(one.sessionToken(), 404);
        relay(other.sessionToken(), 404);
        assertThat(PLATFORM.requestsOn(RELAYED))
                .extracting(request -> request.header("authorization"))
                .filteredOn(authorization ->
                        PLATFORM.tokensOf(caller).stream().anyMatch(token -> ("Bearer " + token).equals(authorization)))
                .hasSize(2)
                .doesNotHaveDuplicates();

        delete(caller, APPLICATION);
        relay(one.sessionToken(), 401);
        relay(other.sessionToken(), 404);
    }

    @Test
    void showsNoJourneyOfAnotherApplication() {
        var caller = "CUST_" + UUID.randomUUID();
        var journeyId = "jrn_" + UUID.randomUUID();
        var key = keyOf(APPLICATION, caller);
        JourneyViews.run(DATABASE.as("bj_projector"), """
                INSERT INTO journey.shown (journey_key, borrower_key, application_id, journey_id, status, version,
                    source, changed_at, fresh_as_of)
                VALUES ('%s', '%s', '%s', '%s', 'STARTED', 1, 'WEBHOOK', now(), now())
                """.formatted(
                        key.journeyKey(journeyId), key.value(), APPLICATION, journeyId));

        journey(caller, APPLICATION, journeyId).isOk();
        journey(caller, OTHER, journeyId).isNotFound();
        journeys(caller, APPLICATION).jsonPath("$.items.length()").isEqualTo(1);
        journeys(caller, OTHER).jsonPath("$.items.length()").isEqualTo(0);
    }

    @Test
    void wantsToKnowTheApplication() {
        service.app()
                .get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf("CUST_1")))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:application-unknown");
    }

    @Test
    void takesUpAnotherKeyWithoutRestart() {
        var rotated = "sk_test_rotated_" + UUID.randomUUID();
        PLATFORM.addApiKey(rotated);
        writeApiKey(OTHER, rotated);
        PLATFORM.removeApiKey(otherKey);
        otherKey = rotated;

        await().atMost(Duration.ofMinutes(1)).until(() -> opened("CUST_" + UUID.randomUUID()));
        var caller = "CUST_" + UUID.randomUUID();
        post(caller, OTHER, "key-1").expectStatus().isOk();
        assertThat(PLATFORM.openingsOf(caller))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer " + rotated);
    }

    private boolean opened(String caller) {
        return post(caller, OTHER, "key-1")
                .returnResult(String.class)
                .getStatus()
                .is2xxSuccessful();
    }

    /** A key or token that follows a redirect belongs to whoever wrote it. */
    @Test
    void followsNoRedirect() {
        var elsewhere = new PlatformStandIn(API_KEY);
        var location = elsewhere.url() + HEADLESS + "/sessions";
        try {
            for (var status : new int[] {301, 302, 303, 307, 308}) {
                var caller = "CUST_" + UUID.randomUUID();
                PLATFORM.onSession(caller, Answer.json(status, "{}").with("Location", location));
                post(caller, APPLICATION, "key-1").expectStatus().isEqualTo(502);
            }
            var path = HEADLESS + "/journeys/" + UUID.randomUUID();
            PLATFORM.on("GET " + path, Answer.json(307, "{}").with("Location", elsewhere.url() + path));
            app.get()
                    .uri(path)
                    .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(307);

            assertThat(elsewhere.requests()).isEmpty();
        } finally {
            elsewhere.close();
        }
    }

    private WebTestClient.ResponseSpec post(String caller, UUID application, String key) {
        return service.app()
                .post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(tokenOf(caller, application)))
                .header("Idempotency-Key", key)
                .exchange();
    }

    private Created created(String caller, UUID application) {
        return Objects.requireNonNull(
                post(caller, application, UUID.randomUUID().toString())
                        .expectStatus()
                        .isOk()
                        .expectBody(Created.class)
                        .returnResult()
                        .getResponseBody());
    }

    /** The platform knows no such path, which only it can say. */
    private void relay(String sessionToken, int status) {
        service.app()
                .get()
                .uri(RELAYED)
                .headers(headers -> headers.setBearerAuth(sessionToken))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private StatusAssertions journey(String caller, UUID application, String journeyId) {
        return service.app()
                .get()
                .uri("/v1/journeys/{id}", journeyId)
                .headers(headers -> headers.setBearerAuth(tokenOf(caller, application)))
                .exchange()
                .expectStatus();
    }

    private WebTestClient.BodyContentSpec journeys(String caller, UUID application) {
        return service.app()
                .get()
                .uri("/v1/journeys")
                .headers(headers -> headers.setBearerAuth(tokenOf(caller, application)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private WebTestClient.BodyContentSpec list(String caller, UUID application) {
        return service.app()
                .get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(tokenOf(caller, application)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private void delete(String caller, UUID application) {
        service.app()
                .delete()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(tokenOf(caller, application)))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private static String tokenOf(String caller, UUID application) {
        return PARTNER.token(claims -> claims.subject(caller).claim("application_id", application.toString()));
    }
}

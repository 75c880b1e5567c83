package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.DirectCustody;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The app holds the platform's session token, as the platform documents. */
@DirectCustody
class DirectCustodyIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @BeforeEach
    void answer() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
    }

    @Test
    void givesThePlatformsTokenAndItsExpiry() {
        PLATFORM.lifetimeOf(borrower, Duration.ofMinutes(10));

        var answer = post("/v1/sessions");

        assertThat(PLATFORM.tokensOf(borrower)).containsExactly(token(answer));
        assertThat(Duration.between(Instant.now(), Instant.parse(String.valueOf(answer.get("sessionExpiresAt")))))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        get(token(answer)).expectStatus().isOk();
    }

    @Test
    void keepsRefreshTokensToItself() {
        var created = post("/v1/sessions");
        var refreshed = post("/v1/sessions/" + created.get("sessionId") + "/refresh");

        assertThat(PLATFORM.refreshTokensOf(borrower))
                .hasSize(2)
                .allSatisfy(token -> assertThat(created + " " + refreshed).doesNotContain(token));
    }

    /** The platform would refuse it, and nobody may keep a stolen token alive here. */
    @Test
    void refusesTokenPastItsExpiry() {
        PLATFORM.lifetimeOf(borrower, Duration.ofMillis(1));
        var created = post("/v1/sessions");

        get(token(created)).expectStatus().isUnauthorized();
        PLATFORM.lifetimeOf(borrower, Duration.ofMinutes(10));
        var refreshed = post("/v1/sessions/" + created.get("sessionId") + "/refresh");
        get(token(refreshed)).expectStatus().isOk();
    }

    @Test
    void refreshesByTheRefreshToken() {
        var created = post("/v1/sessions");

        var refreshed = post("/v1/sessions/" + created.get("sessionId") + "/refresh");

        assertThat(token(refreshed)).isNotEqualTo(token(created));
        assertThat(refreshed.get("activeJourney")).isEqualTo(created.get("activeJourney"));
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
        assertThat(PLATFORM.refreshesOf(borrower)).hasSize(1);
    }

    /** What another device had renewed is newer already: devices cannot renew each other away. */
    @Test
    void givesWhatAnotherDeviceHasRenewed() {
        var phone = post("/v1/sessions");
        var tablet = post("/v1/sessions");

        var renewed = post("/v1/sessions/" + phone.get("sessionId") + "/refresh");

        assertThat(token(renewed)).isEqualTo(token(tablet));
        assertThat(PLATFORM.refreshesOf(borrower)).isEmpty();
    }

    /** Two devices may hold one token then, and the one that ends leaves the other its own. */
    @Test
    void keepsTokenOfTheOtherDevice() {
        var phone = post("/v1/sessions");
        var tablet = post("/v1/sessions");
        post("/v1/sessions/" + phone.get("sessionId") + "/refresh");

        end(phone);

        get(token(phone)).expectStatus().isUnauthorized();
        get(token(tablet)).expectStatus().isOk();
        end(tablet);
        get(token(tablet)).expectStatus().isUnauthorized();
    }

    /** A retry whose answer was lost gets a token that lasts, and not the one of then. */
    @Test
    void answersReplayWithTokenThatLasts() {
        var key = UUID.randomUUID().toString();
        PLATFORM.lifetimeOf(borrower, Duration.ofSeconds(5));
        create(borrower, key, "");
        PLATFORM.lifetimeOf(borrower, Duration.ofMinutes(10));

        var replayed = create(borrower, key, "");

        get(replayed.sessionToken()).expectStatus().isOk();
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    private void end(Map<String, Object> session) {
        app.delete()
                .uri("/v1/sessions/{id}", session.get("sessionId"))
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private Map<String, Object> post(String uri) {
        return Objects.requireNonNull(app.post()
                .uri(uri)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    private static String token(Map<String, Object> session) {
        return String.valueOf(session.get("sessionToken"));
    }

    private WebTestClient.ResponseSpec get(String token) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}

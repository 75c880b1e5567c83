package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The app holds a token of ours. */
class VaultedCustodyIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @Test
    void refusesPlatformTokenOfTheBorrowerItself() {
        sessionTokenOf(borrower);
        var platformToken = PLATFORM.tokensOf(borrower).iterator().next();

        get(platformToken).expectStatus().isUnauthorized();
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    /** The app's token outlives any number of the platform's. */
    @Test
    void outlivesThePlatformsTokens() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        PLATFORM.lifetimeOf(borrower, Duration.ofSeconds(5));
        var token = sessionTokenOf(borrower);

        get(token).expectStatus().isOk();
        get(token).expectStatus().isOk();

        assertThat(PLATFORM.openingsOf(borrower)).hasSizeGreaterThan(1);
    }

    private WebTestClient.ResponseSpec get(String token) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}

package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SecretsCanaryIT extends ServiceUnderTest {

    @Test
    void logsNoSecretAndNoPersonalData(CapturedOutput output) {
        var token = create(borrower, UUID.randomUUID().toString(), """
                {"profile": {"contactNumber": "9876501234", "panName": "Asha Canary"}}""").sessionToken();
        relay(token, 404);
        var platformTokens = PLATFORM.tokensOf(borrower);
        PLATFORM.endSessionsOf(borrower);
        PLATFORM.onSession(borrower, Answer.json(500, PlatformStandIn.failure("INTERNAL")));
        relay(token, 502);
        relay(API_KEY, 401);
        PLATFORM.onSession(borrower, Answer.json(200, "{\"data\": \"" + borrower + "\"}"));
        relay(token, 502);

        assertThat(output.getAll())
                .doesNotContain(API_KEY, token, borrower, "9876501234", "Asha Canary")
                .doesNotContain(platformTokens);
    }

    private void relay(String token, int status) {
        app.get()
                .uri(HEADLESS + "/profile")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}

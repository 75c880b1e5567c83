package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.testing.Leaks;
import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Goes the ways on which a secret might slip out, failing ones above all, and looks for it wherever it might lie then. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsCanaryIT extends ServiceUnderTest {

    private static final List<String> PERSONAL = List.of(
            "9876501234", "+919876501234", "CANRY1234C", "Asha Canary", "asha.canary@mail.example", "14 Canary Street");
    private static final String PROFILE = """
            {"journeyType": "PERSONAL_LOAN",
             "profile": {"contactNumber": "+919876501234", "pan": "CANRY1234C", "panName": "Asha Canary",
              "personalemail": "asha.canary@mail.example"},
             "address": {"addressL1": "14 Canary Street"}}""";

    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private final List<String> problems = new ArrayList<>();

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry registry) {
        COLLECTOR.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void leavesNoSecretAndNoPersonalDataBehind(CapturedOutput output) {
        var partnerToken = PARTNER.tokenOf(borrower);
        var key = UUID.randomUUID().toString();
        var session = create(borrower, key, PROFILE);
        var token = session.sessionToken();
        PLATFORM.on("GET " + path, Answer.json(200, PROFILE));
        keep(relay(token, path), 200);
        keep(relay(token, HEADLESS + "/profile?pan=CANRY1234C"), 404);
        keep(relay(API_KEY, path), 401);
        keep(relay(partnerToken, path), 401);
        keep(post(key, "{\"profile\": \"9876501234\"}"), 400);
        keep(post(key, PROFILE.replace("PERSONAL", "GOLD")), 422);
        keep(post("+919876501234 x", PROFILE), 400);
        keep(post(UUID.randomUUID().toString(), PROFILE + "9876501234"), 400);
        PLATFORM.endSessionsOf(borrower);
        var said = "{\"error\": {\"code\": \"9876501234 CANRY1234C\", \"message\": \"asha.canary@mail.example\"}}";
        for (var answer : List.of(
                Answer.json(500, PlatformStandIn.failure("INTERNAL")),
                Answer.json(422, said),
                Answer.json(200, "{\"data\": \"" + borrower + " " + API_KEY + "\"}"),
                Answer.json(200, PROFILE),
                new Answer(502, Map.of(), "<html>Asha Canary</html>", Duration.ZERO))) {
            PLATFORM.onSession(borrower, answer);
            PLATFORM.useRefreshTokensOf(borrower);
            keep(relay(token, path), 0);
            keep(post(UUID.randomUUID().toString(), PROFILE), 0);
        }
        keep(resume("9876501234"), 0);

        var secrets = new ArrayList<>(PERSONAL);
        secrets.addAll(List.of(API_KEY, token, partnerToken, borrower, key));
        secrets.addAll(PLATFORM.tokensOf(borrower));
        secrets.addAll(PLATFORM.refreshTokensOf(borrower));
        await().atMost(Duration.ofMinutes(1)).until(() -> COLLECTOR.spans().stream()
                .map(OtlpReceiver.Received::name)
                .toList()
                .containsAll(List.of("http patch /v1/journeys/{journeyId}/resume", "platform open", "HTTP GET")));
        var leaks = new Leaks(Map.of(
                "log",
                output.getAll(),
                "metrics",
                metricsOf(management),
                "spans",
                COLLECTOR.text(),
                // The path is the caller's own, and says what was asked.
                "problems",
                String.join("\n", problems).replace("/v1/journeys/9876501234/resume", "")));
        assertThat(leaks.empty()).isEmpty();
        assertThat(leaks.found(secrets)).isEmpty();
    }

    private void keep(WebTestClient.ResponseSpec answer, int status) {
        var result = answer.expectBody().returnResult();
        var body = result.getResponseBodyContent();
        if (status != 0) {
            assertThat(result.getStatus().value()).isEqualTo(status);
        }
        if (result.getStatus().isError()) {
            problems.add(result.getResponseHeaders() + " " + (body == null ? "" : new String(body, UTF_8)));
        }
    }

    private WebTestClient.ResponseSpec relay(String token, String uri) {
        return app.get()
                .uri(uri)
                .header("tracestate", "canary=CANRY1234C")
                .header("traceparent", Trace.create().replaceFirst("00$", "01"))
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private WebTestClient.ResponseSpec post(String key, String body) {
        return app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec resume(String journeyId) {
        return app.patch()
                .uri("/v1/journeys/{id}/resume", journeyId)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange();
    }
}

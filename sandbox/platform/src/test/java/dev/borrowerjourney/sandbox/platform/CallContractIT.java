package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.BorrowerApp.HEADLESS;
import static dev.borrowerjourney.sandbox.platform.TestPlatform.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallContractIT {

    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory).described();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    /** A page anywhere can have a browser ask loopback, also under a name of its own that leads there. */
    @ParameterizedTest
    @CsvSource({
        "/admin/switches, 127.0.0.1:18085, , 200",
        "/admin/switches, localhost, http://127.0.0.1:18080, 200",
        "/identity/jwks.json, [::1]:18085, http://localhost:18080, 200",
        "/admin/switches, sandbox.example.org:18085, , 403",
        "/identity/jwks.json, 127.0.0.1.example.org, , 403",
        "/%61dmin/switches, example.org, , 403",
        "/admin/switches, 127.0.0.1:18085, http://example.org, 403",
        "/identity/jwks.json, 127.0.0.1:18085, null, 403",
        "/openapi.yaml, example.org, http://example.org, 200"
    })
    void answersThisMachineOnly(String path, String host, @Nullable String origin, int status) throws IOException {
        URI platformUrl = URI.create(platform.url("/"));
        try (Socket socket = new Socket(platformUrl.getHost(), platformUrl.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                                    + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void putsAnswersIntoTheEnvelope() {
        TestPlatform.Answer answer = platform.send(
                "POST",
                HEADLESS + "/sessions",
                "{\"borrowerExternalID\":\"CUST_ENVELOPE\"}",
                "Authorization",
                "Bearer " + API_KEY,
                "Idempotency-Key",
                "envelope",
                "X-Correlation-ID",
                "correlation-1");

        assertThat(answer.json().propertyNames())
                .containsExactly("requestID", "correlationID", "timestamp", "data", "error");
        assertThat(answer.json().path("correlationID").asString()).isEqualTo("correlation-1");
        assertThat(answer.header("X-Correlation-ID")).isEqualTo("correlation-1");
        assertThat(answer.json().path("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer.json().path("error").isNull()).isTrue();
    }

    @Test
    void refusesTheWrongKindOfToken() {
        BorrowerApp borrower = platform.borrower();

        TestPlatform.Answer session = platform.send(
                "POST",
                HEADLESS + "/sessions",
                "{\"borrowerExternalID\":\"X\"}",
                "Authorization",
                "Bearer " + borrower.sessionToken,
                "Idempotency-Key",
                "k");
        TestPlatform.Answer journeys = platform.get(HEADLESS + "/journeys", "Authorization", "Bearer " + API_KEY);

        assertThat(session.status()).isEqualTo(401);
        assertThat(session.code()).isEqualTo("WRONG_TOKEN_KIND");
        assertThat(journeys.status()).isEqualTo(401);
        assertThat(journeys.code()).isEqualTo("WRONG_TOKEN_KIND");
    }

    @Test
    void refusesUnknownAndMissingTokens() {
        assertThat(platform.get(HEADLESS + "/journeys").code()).isEqualTo("TOKEN_REQUIRED");
        assertThat(platform.get(HEADLESS + "/journeys", "Authorization", "Bearer nobody")
                        .code())
                .isEqualTo("INVALID_SESSION_TOKEN");
        assertThat(platform.send("POST", HEADLESS + "/sessions", "{}", "Authorization", "Bearer sk_test_nobody")
                        .code())
                .isEqualTo("INVALID_API_KEY");
    }

    @Test
    void repeatsTheAnswerToTheSameKey() {
        BorrowerApp borrower = platform.borrower();

        TestPlatform.Answer first = borrower.send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "once");
        TestPlatform.Answer second = borrower.send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "once");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(borrower.get("/journeys").data().path("journeys")).hasSize(1);
    }

    @Test
    void refusesTheSameKeyForAnotherCall() {
        BorrowerApp borrower = platform.borrower();
        borrower.send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "reused");

        TestPlatform.Answer other = borrower.send("POST", "/journeys", "{\"type\":\"GOLD_LOAN\"}", "reused");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void keepsTheKeysOfTwoBorrowersApart() {
        TestPlatform.Answer one =
                platform.borrower().send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "shared");
        TestPlatform.Answer other =
                platform.borrower().send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "shared");

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.text()).isNotEqualTo(one.text());
    }

    @Test
    void requiresAKeyOnMutatingCalls() {
        BorrowerApp borrower = platform.borrower();

        TestPlatform.Answer answer = platform.send(
                "POST",
                HEADLESS + "/journeys",
                "{\"type\":\"PERSONAL_LOAN\"}",
                "Authorization",
                "Bearer " + borrower.sessionToken);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "not json",
                "{\"type\":",
                "{\"type\":7}",
                "{\"type\":\"CAR_LOAN\"}",
                "{\"type\":\"GOLD_LOAN\",\"type\":\"GOLD_LOAN\"}"
            })
    void refusesGarbage(String body) {
        TestPlatform.Answer answer = platform.borrower().post("/journeys", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void refusesLargeAndDeepBodies() {
        BorrowerApp borrower = platform.borrower();

        assertThat(borrower.post("/journeys", "{\"a\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(borrower.post("/journeys", "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersFrameworkErrorsInItsOwnShape() {
        BorrowerApp borrower = platform.borrower();

        TestPlatform.Answer missing = borrower.get("/no-such-path");
        TestPlatform.Answer method = borrower.send("DELETE", "/journeys", null, "k");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("NOT_FOUND");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void showsNobodyTheJourneyOfAnother() {
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");

        assertThat(platform.borrower().get("/journeys/" + journeyId + "/state").status())
                .isEqualTo(404);
        assertThat(platform.borrower().get("/journeys/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void refusesOverlongCorrelationIds() {
        assertThat(platform.get("/admin/clock", "X-Correlation-ID", "x".repeat(129))
                        .status())
                .isEqualTo(400);
    }
}

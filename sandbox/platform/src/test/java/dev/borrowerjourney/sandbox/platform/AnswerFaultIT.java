package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller gets of a platform that is told to be hostile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerFaultIT {

    static final String JOURNEYS = "/journeys";
    static final String LOAN = "{\"type\":\"PERSONAL_LOAN\"}";

    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @AfterEach
    void reset() {
        platform.send("PUT", "/admin/switches", "{}");
    }

    @Test
    void answers429WithRetryAfterAndDoesNothing() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"tooManyRequests\":1,\"retryAfterSeconds\":7}");

        TestPlatform.Answer refused = borrower.post(JOURNEYS, LOAN);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("7");
        assertThat(refused.code()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(journeys(borrower)).isEmpty();
    }

    @Test
    void answers500AndDoesNothing() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"failedAnswers\":1}");

        assertThat(borrower.post(JOURNEYS, LOAN).status()).isEqualTo(500);
        assertThat(journeys(borrower)).isEmpty();
    }

    @Test
    void answersAProxysPageAndDoesNothing() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"htmlAnswers\":1}");

        TestPlatform.Answer page = borrower.post(JOURNEYS, LOAN);

        assertThat(page.status()).isEqualTo(502);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("<h1>502 Bad Gateway</h1>");
        assertThat(journeys(borrower)).isEmpty();
    }

    @Test
    void cutsCallsBeforeAnythingIsDone() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"cutCalls\":1}");

        assertThatThrownBy(() -> borrower.post(JOURNEYS, LOAN)).isInstanceOf(UncheckedIOException.class);
        assertThat(journeys(borrower)).isEmpty();
    }

    /** Whoever repeats the call with its key gets the answer that was lost, and nothing happens twice. */
    @Test
    void losesAnswersOfWhatWasDone() {
        BorrowerApp borrower = platform.borrower();
        limit("{\"lostAnswers\":1}", "\"calls\":1");
        String key = UUID.randomUUID().toString();

        assertThatThrownBy(() -> borrower.send("POST", JOURNEYS, LOAN, key)).isInstanceOf(UncheckedIOException.class);
        TestPlatform.Answer again = borrower.send("POST", JOURNEYS, LOAN, key);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(journeys(borrower))
                .containsExactly(again.data().path("journeyID").asString());
    }

    @Test
    void cutsAnswersOffInTheMiddle() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"truncatedAnswers\":1}");

        assertThatThrownBy(() -> borrower.post(JOURNEYS, LOAN))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("fixed content-length");
        assertThat(journeys(borrower)).hasSize(1);
    }

    @Test
    void refusesBodiesThatAreTooLargeAsEver() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"slowAnswers\":1,\"slowMillis\":0}");

        assertThat(borrower.post(JOURNEYS, "{\"type\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void answersLate() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"slowAnswers\":1,\"slowMillis\":400}");
        Instant before = Instant.now();

        assertThat(borrower.get(JOURNEYS).status()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void strikesOnlyTheNextCallsOfOnePathAndOneBorrower() {
        BorrowerApp borrower = platform.borrower();
        limit(
                "{\"failedAnswers\":1}",
                "\"calls\":2,\"path\":\"/api/v1/headless/journeys\",\"borrower\":\"" + borrower.externalId + "\"");

        assertThat(platform.borrower().get(JOURNEYS).status()).isEqualTo(200);
        assertThat(borrower.get("/profile").status()).isEqualTo(200);
        assertThat(List.of(status(borrower), status(borrower), status(borrower)))
                .containsExactly(500, 500, 200);
        assertThat(platform.get("/admin/faults").json().at("/items/0/left").asInt(-1))
                .isZero();
    }

    /** Who is struck depends on nothing else, whatever call comes first. */
    @Test
    void strikesTheSameCallsAgainWithTheSameSeed() {
        List<BorrowerApp> borrowers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            borrowers.add(BorrowerApp.login(platform, "CUST_SEEDED_" + i));
        }
        List<String> first = outcomes(borrowers);

        assertThat(outcomes(borrowers)).isEqualTo(first).contains("200", "429", "500", "UncheckedIOException");
    }

    private List<String> outcomes(List<BorrowerApp> borrowers) {
        platform.switches("{\"seed\":42,\"failedAnswers\":0.2,\"tooManyRequests\":0.2,\"cutCalls\":0.2}");
        return borrowers.parallelStream()
                .flatMap(borrower -> IntStream.range(0, 12).mapToObj(_ -> outcome(borrower)))
                .toList();
    }

    private static String outcome(BorrowerApp borrower) {
        try {
            return Integer.toString(borrower.get(JOURNEYS).status());
        } catch (UncheckedIOException e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void readsFromAReplicaThatLagsBehind() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"replicaLagMillis\":1500}");
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        Instant started = Instant.now();

        assertThat(borrower.get("/journeys/" + journeyId + "/state").status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> borrower.get("/journeys/" + journeyId + "/state").status() == 200);
        assertThat(Duration.between(started, Instant.now())).isGreaterThan(Duration.ofSeconds(1));

        borrower.giveProfile(journeyId, "ABCDE1234F");
        assertThat(borrower.status(journeyId)).isEqualTo("PROFILE_REQUIRED");
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
    }

    @Test
    void letsTokensExpireEarly() {
        platform.switches("{\"tokenLifeMillis\":600}");
        BorrowerApp borrower = platform.borrower();
        Instant told = Instant.parse(
                platform.asBackend(BorrowerApp.HEADLESS + "/sessions", "{\"borrowerExternalID\":\"CUST_TOLD\"}")
                        .data()
                        .path("sessionExpiresAt")
                        .asString());

        assertThat(told).isAfter(Instant.now().plusSeconds(30));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> borrower.get(JOURNEYS).code().equals("SESSION_EXPIRED"));
    }

    @Test
    void losesTheAnswerOfARenewalThatRotated() {
        BorrowerApp borrower = platform.borrower();
        limit("{\"lostRefreshes\":1}", "\"calls\":1");
        String body = "{\"refreshToken\":\"" + borrower.refreshToken + "\"}";
        String path = BorrowerApp.HEADLESS + "/sessions/refresh";

        assertThatThrownBy(() -> platform.asBackend(path, body)).isInstanceOf(UncheckedIOException.class);

        assertThat(platform.asBackend(path, body).code()).isEqualTo("REFRESH_TOKEN_REUSED");
    }

    @Test
    void describesEverySwitch() {
        var catalogue = platform.get("/admin/faults/catalogue").json().path("items");

        assertThat(catalogue).hasSize(Switch.values().length);
        assertThat(catalogue.get(1).toString())
                .isEqualTo(
                        "{\"name\":\"dropped\",\"group\":\"webhooks\",\"type\":\"share\",\"minimum\":0,\"maximum\":1,"
                                + "\"default\":0.0,\"meaning\":\"" + Switch.DROPPED.meaning() + "\"}");
        assertThat(platform.get("/admin/switches").json().propertyNames())
                .containsExactlyElementsOf(catalogue
                        .valueStream()
                        .map(it -> it.path("name").asString())
                        .toList());
    }

    @Test
    void refusesALimitWithoutALimit() {
        assertThat(platform.send("POST", "/admin/faults", "{\"switches\":{\"dropped\":1}}")
                        .status())
                .isEqualTo(400);
        assertThat(platform.send("POST", "/admin/faults", "{\"switches\":{\"drop\":1},\"calls\":1}")
                        .text())
                .contains("known are webhooks");
        assertThat(platform.send("POST", "/admin/faults", "{\"switches\":{\"reorder\":true},\"calls\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(platform.send("DELETE", "/admin/faults/77", null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"switches\":{\"dropped\":1,\"webhooks\":false},\"calls\":1}",
                "{\"switches\":{\"dropped\":1,\"delayMillis\":5},\"calls\":1}",
                "{\"switches\":{\"dropped\":1},\"path\":\"/api\"}",
                "{\"switches\":{\"replicaLagMillis\":9},\"path\":\"/api\"}",
                "{\"switches\":{\"endOlderSession\":true},\"path\":\"/api\"}",
                "{\"switches\":{\"subscriptionLossMillis\":9},\"borrower\":\"CUST_1\"}",
                "{\"switches\":{\"seed\":9},\"borrower\":\"CUST_1\"}"
            })
    void refusesALimitedFaultThatCouldNotDoWhatItSays(String limit) {
        assertThat(platform.send("POST", "/admin/faults", limit).status()).isEqualTo(400);
    }

    @Test
    void endsOlderSessionsOfOneBorrowerOnly() {
        BorrowerApp struck = platform.borrower();
        BorrowerApp spared = platform.borrower();
        limit("{\"endOlderSession\":true}", "\"borrower\":\"" + struck.externalId + "\"");

        BorrowerApp.login(platform, struck.externalId);
        BorrowerApp.login(platform, spared.externalId);

        assertThat(struck.get(JOURNEYS).code()).isEqualTo("INVALID_SESSION_TOKEN");
        assertThat(spared.get(JOURNEYS).status()).isEqualTo(200);
    }

    @Test
    void spoilsRefusalsLikeAnyAnswer() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"slowAnswers\":1,\"slowMillis\":400}");
        Instant before = Instant.now();
        assertThat(borrower.get("/journeys/nosuch").status()).isEqualTo(404);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));

        platform.send("PUT", "/admin/switches", "{\"lostAnswers\":1}");
        assertThatThrownBy(() -> borrower.get("/journeys/nosuch")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusesABodyThatIsTooLargeAlsoAmidFaults() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"slowAnswers\":0.001}");

        assertThat(borrower.post(JOURNEYS, "{\"type\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    private void limit(String switches, String limits) {
        assertThat(platform.send("POST", "/admin/faults", "{\"switches\":" + switches + "," + limits + "}")
                        .status())
                .isEqualTo(200);
    }

    private static int status(BorrowerApp borrower) {
        return borrower.get(JOURNEYS).status();
    }

    private List<String> journeys(BorrowerApp borrower) {
        return platform.get("/admin/truth/journeys?borrowerExternalId=" + borrower.externalId)
                .json()
                .path("items")
                .valueStream()
                .map(it -> it.path("journeyId").asString())
                .toList();
    }
}

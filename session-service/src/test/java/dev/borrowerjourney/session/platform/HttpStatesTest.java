package dev.borrowerjourney.session.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.session.platform.PlatformAnswer.Answered;
import dev.borrowerjourney.session.platform.PlatformAnswer.Cause;
import dev.borrowerjourney.session.platform.PlatformAnswer.Refused;
import dev.borrowerjourney.session.platform.PlatformAnswer.Unanswered;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HttpStatesTest {

    private static final Secret TOKEN = Secret.of("session-token-value");
    private static final String STATE = """
            {"requestID": "r", "correlationID": "c", "timestamp": "2026-03-05T08:00:02Z", "error": null,
             "data": {"journeyID": "jrn 1", "status": "KYC_PENDING", "nextAction": "COMPLETE_KYC",
                      "updatedAt": "2026-03-05T13:30:00+05:30"}}
            """;

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = STATE;
    private volatile Duration hold = Duration.ZERO;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private HttpStates states;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            sent.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Correlation-ID"));
            LockSupport.parkNanos(hold.toNanos());
            exchange.getResponseHeaders().set("Retry-After", "7");
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        var platform = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var properties = PlatformFixtures.properties(
                platform, List.of(new Application(UUID.randomUUID(), UUID.randomUUID(), null)));
        var answers = new PlatformAnswers(JsonMapper.builder().build());
        states = new HttpStates(
                new HttpCalls(properties, answers, new SimpleMeterRegistry(), Spans.none()), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForOneJourneyAndReadsItsTimes() {
        hold = Duration.ofMillis(100);
        var before = Instant.now();

        var answer = states.state(TOKEN, "jrn 1", "c-1");

        assertThat(sent).containsExactly("GET /api/v1/headless/journeys/jrn%201/state Bearer session-token-value c-1");
        assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
            var told = (ToldJourney) answered.data();
            assertThat(told.journeyId()).isEqualTo("jrn 1");
            assertThat(told.status()).isEqualTo("KYC_PENDING");
            assertThat(told.nextAction()).isEqualTo("COMPLETE_KYC");
            assertThat(told.updatedAt()).isEqualTo("2026-03-05T08:00:00Z");
            assertThat(told.answeredAt()).isEqualTo("2026-03-05T08:00:02Z");
            assertThat(told.roundTrip()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(30));
            assertThat(told.receivedAt()).isAfterOrEqualTo(before.plusMillis(100));
        });
    }

    @Test
    void readsTheListAndSkipsWhatIsNoJourney() {
        body = """
                {"timestamp": "2026-03-05T08:00:02Z", "data": {"journeys": [
                  {"journeyID": "jrn_1", "status": "CLOSED", "nextAction": null},
                  {"journeyID": "jrn_2", "status": "NEVER_SEEN", "nextAction": "DANCE", "updatedAt": "yesterday"},
                  {"journeyID": "jrn_3", "nextAction": null}, {"offerID": "o"}, 7]}}
                """;

        assertThat(states.journeys(TOKEN, "c-1")).isInstanceOfSatisfying(Answered.class, answered -> {
            @SuppressWarnings("unchecked")
            var told = (List<ToldJourney>) answered.data();
            assertThat(told).extracting(ToldJourney::journeyId).containsExactly("jrn_1", "jrn_2");
            assertThat(told).extracting(ToldJourney::updatedAt).containsOnlyNulls();
            assertThat(told).extracting(ToldJourney::nextAction).containsExactly(null, "DANCE");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>maintenance</html>",
                "",
                "{}",
                "{\"data\": {}}",
                "{\"data\": []}",
                "{\"data\": {\"journeyID\": \"other\", \"status\": \"CLOSED\", \"nextAction\": null}}",
                "{\"data\": {\"journeyID\": \"jrn 1\", \"status\": \"\", \"nextAction\": null}}",
                "{\"data\": {\"journeyID\": \"jrn 1\", \"status\": \"A\\u0000\", \"nextAction\": null}}"
            })
    void doesNotTakeAnythingElseForAState(String answer) {
        body = answer;

        assertThat(states.state(TOKEN, "jrn 1", "c-1")).isEqualTo(new Unanswered<ToldJourney>(Cause.UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void tellsHowItWasRefused(int refusal) {
        status = refusal;
        body = "{\"error\": {\"code\": \"NO\", \"message\": \"no\"}}";

        assertThat(states.state(TOKEN, "jrn 1", "c-1"))
                .isEqualTo(new Refused<ToldJourney>(refusal, "NO", Duration.ofSeconds(7)));
    }

    @Test
    void givesUpOnASilentPlatform() {
        hold = Duration.ofSeconds(4);

        assertThat(states.state(TOKEN, "jrn 1", "c-1")).isEqualTo(new Unanswered<ToldJourney>(Cause.TIMEOUT));
    }

    @Test
    void tellsThatThereIsNoPlatform() {
        server.stop(0);

        assertThat(states.state(TOKEN, "jrn 1", "c-1")).isEqualTo(new Unanswered<ToldJourney>(Cause.UNREACHABLE));
    }
}

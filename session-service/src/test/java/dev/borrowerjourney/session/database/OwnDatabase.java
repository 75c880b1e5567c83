package dev.borrowerjourney.session.database;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.DatabaseServer;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.session.testing.JourneyViews;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** A service with a database of its own, which a test may have stand still, or die and come back. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OwnDatabase extends ServiceUnderTest {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** What a busy machine may add to it; without a bound a call would wait for as long as the outage. */
    static final Duration LENIENCE = Duration.ofSeconds(20);

    private static final Map<String, String> IMPATIENT = Map.of(
            "session.lifetime.look-up", "1s",
            "session.lifetime.replaced-token", "1s",
            "session.database.statement-timeout", "1s",
            "session.database.longest-wait", LONGEST_WAIT.toSeconds() + "s",
            // Calls follow each other for seconds, without a pause.
            "session.relay.limits.borrower-calls-per-second", "5000",
            "session.relay.limits.borrower-burst", "10000");

    TestDatabase own;
    DatabaseServer server;
    RunningService service;
    JdbcClient sessions;
    String caller = "";
    String path = "";

    enum Outage {
        FROZEN {
            @Override
            void begin(DatabaseServer server) {
                server.freeze();
            }

            @Override
            void end(DatabaseServer server) {
                server.thaw();
            }
        },
        KILLED {
            @Override
            void begin(DatabaseServer server) {
                server.kill();
            }

            @Override
            void end(DatabaseServer server) {
                server.start();
            }
        };

        abstract void begin(DatabaseServer server);

        abstract void end(DatabaseServer server);
    }

    @BeforeAll
    void start() {
        own = TestDatabase.start();
        server = own.server();
        own.setPassword("bj_session", DATABASE.passwordOf("bj_session"));
        JourneyViews.create(own);
        sessions = JdbcClient.create(own.as("bj_session"));
        service = started(Map.of());
    }

    @AfterAll
    void stop() {
        service.close();
        own.close();
    }

    @BeforeEach
    void answer() {
        caller = "CUST_" + UUID.randomUUID();
        path = HEADLESS + "/journeys/" + UUID.randomUUID();
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> text(readiness(service)).contains("\"answers\":true"));
        assertThat(status(readiness(service))).isEqualTo(200);
    }

    RunningService started(Map<String, String> more) {
        var settings = new HashMap<>(IMPATIENT);
        settings.put("spring.datasource.url", own.url());
        settings.putAll(more);
        return RunningService.start(settings(), settings);
    }

    Created created(RunningService instance) {
        return create(instance.app(), caller, UUID.randomUUID().toString(), "");
    }

    static void awaitAway(RunningService instance) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> text(readiness(instance)).contains("\"answers\":false"));
    }

    static void metrics(RunningService instance, String line) {
        assertThat(metrics(instance)).contains(line);
    }

    static String metrics(RunningService instance) {
        return text(instance.management()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody()
                .returnResult());
    }

    static EntityExchangeResult<byte[]> readiness(RunningService instance) {
        return instance.management()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectBody()
                .returnResult();
    }

    void relays(RunningService instance, Created session, int status) {
        assertThat(status(relay(instance, session))).isEqualTo(status);
    }

    EntityExchangeResult<byte[]> relay(RunningService instance, Created session) {
        return instance.app()
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(session.sessionToken()))
                .exchange()
                .expectBody()
                .returnResult();
    }

    EntityExchangeResult<byte[]> get(String uri) {
        return exchange(service, HttpMethod.GET, uri);
    }

    void call(RunningService instance, HttpMethod method, String uri, int status) {
        assertThat(status(exchange(instance, method, uri))).isEqualTo(status);
    }

    EntityExchangeResult<byte[]> exchange(RunningService instance, HttpMethod method, String uri) {
        return instance.app()
                .method(method)
                .uri(uri)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(caller)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectBody()
                .returnResult();
    }

    static void unavailable(EntityExchangeResult<byte[]> answer) {
        assertThat(status(answer)).as(text(answer)).isEqualTo(503);
        assertThat(text(answer)).contains("urn:borrower-journey:problem:database-unavailable");
        assertThat(Integer.parseInt(
                        Objects.requireNonNull(answer.getResponseHeaders().getFirst("Retry-After"))))
                .isBetween(1, 4);
    }

    static int status(EntityExchangeResult<byte[]> answer) {
        return answer.getStatus().value();
    }

    static String text(EntityExchangeResult<byte[]> answer) {
        var body = answer.getResponseBody();
        return body == null ? "" : new String(body, UTF_8);
    }

    static Duration timed(Runnable call) {
        var begin = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}

package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Two instances behind one address, and an app that makes many calls at the moment when the platform's token is over. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT extends ServiceUnderTest {

    private static final int CALLS = 200;

    private String path = "";
    private String caller = "";
    private RunningService second;

    /** How the second instance differs from the default. */
    protected Map<String, String> more() {
        return Map.of();
    }

    @BeforeAll
    void start() {
        second = RunningService.start(settings(), more());
    }

    @AfterAll
    void stop() {
        second.close();
    }

    @BeforeEach
    void answer() {
        caller = "CUST_" + UUID.randomUUID();
        path = HEADLESS + "/journeys/" + UUID.randomUUID();
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
    }

    /** Known from the answer that gave the token. */
    @Test
    void renewOnceWhenTheTokenIsAboutToExpire() throws Exception {
        PLATFORM.lifetimeOf(caller, Duration.ofSeconds(9));
        var token = sessionTokenOf(caller);
        PLATFORM.lifetimeOf(caller, Duration.ofHours(1));

        assertThat(atOnce(token)).containsOnly(200);

        assertThat(renewals()).isEqualTo(1);
    }

    /** Seen by a refusal, with both instances remembering the old token. */
    @Test
    void renewOnceWhenThePlatformRefusesTheToken() throws Exception {
        var token = sessionTokenOf(caller);
        get(app, token);
        get(second.app(), token);
        PLATFORM.endSessionsOf(caller);

        assertThat(atOnce(token)).containsOnly(200);

        assertThat(renewals()).isEqualTo(1);
    }

    private List<Integer> atOnce(String token) throws InterruptedException, ExecutionException {
        Callable<Integer> here = () -> get(app, token);
        Callable<Integer> there = () -> get(second.app(), token);
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, CALLS)
                    .mapToObj(number -> number % 2 == 0 ? here : there)
                    .toList();
            for (var call : threads.invokeAll(calls)) {
                statuses.add(call.get());
            }
        }
        return statuses;
    }

    private int get(WebTestClient instance, String token) {
        return instance.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    private int renewals() {
        return PLATFORM.openingsOf(caller).size() + PLATFORM.refreshesOf(caller).size() - 1;
    }
}

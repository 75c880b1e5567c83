package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.DirectCustody;
import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceProcess;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The packaged service is killed while borrowers of its are at each point of a refresh. */
@DirectCustody
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshCrashIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private final Map<String, String> tokens = new HashMap<>();
    private final String unasked = "CUST_" + UUID.randomUUID();
    private final String unanswered = "CUST_" + UUID.randomUUID();
    private final String unsaved = "CUST_" + UUID.randomUUID();
    private final String refused = "CUST_" + UUID.randomUUID();

    @BeforeAll
    void crash() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var gates = new ArrayList<Gate>();
        try (var locks = new Crash(DATABASE);
                var service = ServiceProcess.start(refreshing())) {
            for (var borrower : List.of(unasked, unanswered, unsaved, refused)) {
                tokens.put(
                        borrower,
                        create(service.app(), borrower, UUID.randomUUID().toString(), "")
                                .sessionToken());
                PLATFORM.endSessionsOf(borrower);
            }
            gates.add(Crash.reached(PLATFORM.loseNextSessionOf(unasked), () -> get(service.app(), unasked)));
            gates.add(Crash.reached(PLATFORM.holdNextSessionOf(unanswered), () -> get(service.app(), unanswered)));
            hold(locks, unsaved, PLATFORM.holdNextSessionOf(unsaved), service.app());
            locks.awaitWaiting("SET session_token_sealed");
            PLATFORM.useRefreshTokensOf(refused);
            hold(locks, refused, PLATFORM.holdNextSessionOf(refused), service.app());
            locks.awaitWaiting("SET refresh_token_sealed = NULL");

            service.kill();
        }
        gates.forEach(Gate::open);
        database.sql("UPDATE session.platform_session SET lease_until = now()").update();
    }

    @Test
    void usesTheTokenThatWasNotUsed() {
        get(app, unasked);

        assertThat(PLATFORM.openingsOf(unasked)).hasSize(1);
        assertSameKey(unasked);
    }

    @Test
    void findsTheTokensWhoseAnswerWasLost() {
        get(app, unanswered);

        assertThat(PLATFORM.openingsOf(unanswered)).hasSize(1);
        assertSameKey(unanswered);
    }

    @Test
    void findsTheTokensThatWereNotSaved() {
        get(app, unsaved);

        assertThat(PLATFORM.openingsOf(unsaved)).hasSize(1);
        assertSameKey(unsaved);
    }

    @Test
    void opensAnewWhenTheRefusalWasNotSaved() {
        get(app, refused);

        assertThat(PLATFORM.openingsOf(refused)).hasSize(2);
        assertThat(PLATFORM.refreshesOf(refused)).hasSize(2);
    }

    private void assertSameKey(String borrower) {
        assertThat(PLATFORM.refreshesOf(borrower))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(2)
                .containsOnly(PLATFORM.refreshesOf(borrower).getFirst().header("idempotency-key"));
    }

    private static Map<String, String> refreshing() {
        var settings = new HashMap<>(settings());
        settings.put("session.tokens.custody", "direct");
        settings.put("session.tokens.renewal", "refresh-endpoint");
        return settings;
    }

    /** Lets the platform answer once the row is locked. */
    private void hold(Crash locks, String borrower, Gate gate, WebTestClient instance) {
        Crash.reached(gate, () -> get(instance, borrower));
        locks.lock("SELECT FROM session.platform_session WHERE borrower_key = '"
                + keyOf(borrower).value() + "' FOR UPDATE");
        gate.open();
    }

    private void get(WebTestClient instance, String borrower) {
        instance.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(Objects.requireNonNull(tokens.get(borrower))))
                .exchange()
                .expectStatus()
                .isOk();
    }
}

package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The packaged service is killed while borrowers of its are at each point of a renewal by opening, or of a creation; another
 * instance has to go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final String unasked = borrower();
    private final String unanswered = borrower();
    private final String unsaved = borrower();
    private final String saved = borrower();
    private final String creating = borrower();
    private final String unstored = borrower();
    private final String created = borrower();

    @BeforeAll
    void crash() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var gates = new ArrayList<Gate>();
        try (var locks = new Crash(DATABASE);
                var service = ServiceProcess.start(settings())) {
            for (var renewing : List.of(unasked, unanswered, unsaved, saved)) {
                tokens.put(
                        renewing,
                        create(service.app(), renewing, keyOf(renewing, keys), "")
                                .sessionToken());
                PLATFORM.endSessionsOf(renewing);
            }
            get(service.app(), saved);
            create(service.app(), created, keyOf(created, keys), "");

            gates.add(Crash.reached(PLATFORM.holdNextSessionOf(unanswered), () -> get(service.app(), unanswered)));
            gates.add(Crash.reached(PLATFORM.holdNextSessionOf(creating), () -> post(service.app(), creating)));
            var beforeSaving = Crash.reached(PLATFORM.holdNextSessionOf(unsaved), () -> get(service.app(), unsaved));
            locks.lock("SELECT FROM session.platform_session WHERE borrower_key = '"
                    + keyOf(unsaved).value() + "' FOR UPDATE");
            beforeSaving.open();
            locks.awaitWaiting("session_token_sealed");
            locks.lock("LOCK TABLE session.session IN EXCLUSIVE MODE");
            Crash.dying(() -> post(service.app(), unstored));
            locks.awaitWaiting("INSERT INTO session");
            gates.add(Crash.reached(PLATFORM.loseNextSessionOf(unasked), () -> get(service.app(), unasked)));

            service.kill();
        }
        gates.forEach(Gate::open);
    }

    /** The lease is the dead one's, and nothing tells: those who wait are late, and none fails. */
    @Test
    void letsWaitersOutliveHolderThatNeverAsked() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Stream.generate(() -> Executors.callable(() -> get(app, unasked), 0))
                    .limit(20)
                    .toList();
            assertThat(threads.invokeAll(calls)).allMatch(call -> call.state() == Future.State.SUCCESS);
        }

        assertThat(PLATFORM.openingsOf(unasked)).hasSize(3);
    }

    @Test
    void opensAnewWhenTheAnswerWasLost() {
        endLeases();

        get(app, unanswered);

        assertThat(PLATFORM.openingsOf(unanswered))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void opensAnewWhenTheAnswerWasNotSaved() {
        endLeases();

        get(app, unsaved);

        assertThat(PLATFORM.openingsOf(unsaved)).hasSize(3);
    }

    @Test
    void findsWhatWasSaved() {
        get(app, saved);

        assertThat(PLATFORM.openingsOf(saved)).hasSize(2);
    }

    @Test
    void takesOverCreationWhoseAnswerWasLost() {
        takesOver(creating);
    }

    @Test
    void takesOverCreationThatWasNotStored() {
        takesOver(unstored);
    }

    @Test
    void repeatsAnswerThatTheAppNeverGot() {
        var key = Objects.requireNonNull(keys.get(created));

        post(app, created).expectStatus().isOk().expectHeader().valueEquals("Idempotency-Replayed", "true");

        assertThat(create(created, key, "").sessionToken()).startsWith("bst_");
        assertThat(PLATFORM.openingsOf(created)).hasSize(1);
    }

    private void takesOver(String borrower) {
        endLeases();

        post(app, borrower).expectStatus().isOk().expectHeader().doesNotExist("Idempotency-Replayed");

        assertThat(PLATFORM.openingsOf(borrower))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(2)
                .containsOnly(PLATFORM.openingsOf(borrower).getFirst().header("idempotency-key"));
        assertThat(PLATFORM.tokensOf(borrower)).hasSize(1);
    }

    /** All but that of the test which waits for it. */
    private void endLeases() {
        database.sql("UPDATE session.platform_session SET lease_until = now() WHERE borrower_key <> ?")
                .param(keyOf(unasked).value())
                .update();
        database.sql("UPDATE session.idempotency SET lease_until = now()").update();
    }

    private void get(WebTestClient instance, String borrower) {
        instance.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(Objects.requireNonNull(tokens.get(borrower))))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private WebTestClient.ResponseSpec post(WebTestClient instance, String borrower) {
        return instance.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", keyOf(borrower, keys))
                .exchange();
    }

    private static String keyOf(String borrower, Map<String, String> keys) {
        return keys.computeIfAbsent(borrower, _ -> UUID.randomUUID().toString());
    }

    private static String borrower() {
        return "CUST_" + UUID.randomUUID();
    }
}

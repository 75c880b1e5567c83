package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What {@code Idempotency-Key} promises on {@code POST /v1/sessions}, by the IETF's draft. */
class IdempotencyIT extends ServiceUnderTest {

    // The common pool would be asked for the platform's answer, too, and has one thread on two cores.
    private static final Executor THREADS = Thread::startVirtualThread;

    private final String key = UUID.randomUUID().toString();
    private final EndedSessionsJob job;

    @Autowired
    IdempotencyIT(EndedSessionsJob job) {
        this.job = job;
    }

    @Test
    void refusesRetryWhileTheFirstRequestRuns() {
        var gate = PLATFORM.holdNextSessionOf(borrower);
        var first = CompletableFuture.supplyAsync(() -> create(borrower, key, ""), THREADS);
        gate.awaitReached();

        post(key, "")
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:idempotency-key-in-use");
        gate.open();

        var created = first.join();
        assertThat(create(borrower, key, "").sessionId()).isEqualTo(created.sessionId());
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    /** Another body is another request, running or not. */
    @Test
    void refusesOtherBodyWhileTheFirstRequestRuns() {
        var gate = PLATFORM.holdNextSessionOf(borrower);
        var first = CompletableFuture.supplyAsync(() -> create(borrower, key, ""), THREADS);
        gate.awaitReached();

        post(key, "{\"journeyType\": \"GOLD_LOAN\"}").expectStatus().isEqualTo(422);
        gate.open();
        first.join();
    }

    /** What failed was not done, so the key is free at once. */
    @Test
    void takesRetryAfterFailure() {
        PLATFORM.onSession(borrower, Answer.json(500, PlatformStandIn.failure("INTERNAL")));
        post(key, "").expectStatus().isEqualTo(502);
        PLATFORM.healSession(borrower);

        post(key, "").expectStatus().isOk().expectHeader().doesNotExist("Idempotency-Replayed");
    }

    /** Its holder died: whoever retries later takes over, and makes the session that it would have made. */
    @Test
    void takesOverWhenTheLeaseEnds() {
        PLATFORM.onSession(borrower, Answer.json(500, PlatformStandIn.failure("INTERNAL")));
        post(key, "").expectStatus().isEqualTo(502);
        PLATFORM.healSession(borrower);
        var planned = lease("now() + INTERVAL '1 minute'");
        post(key, "").expectStatus().isEqualTo(409);
        lease("now()");

        assertThat(create(borrower, key, "").sessionId()).isEqualTo(planned);
    }

    /** The header is a string of structured fields, which some clients write with its quotes. */
    @Test
    void readsQuotedKeyAsTheSame() {
        var created = create(borrower, key, "");

        assertThat(create(borrower, '"' + key + '"', "").sessionId()).isEqualTo(created.sessionId());
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    @Test
    void forgetsKeysAfterTheirRetention() {
        var first = create(borrower, key, "");
        age("23 hours 59 minutes");
        job.cleanUp(Duration.ofHours(1));
        assertThat(create(borrower, key, "").sessionId()).isEqualTo(first.sessionId());

        age("24 hours 1 minute");
        job.cleanUp(Duration.ofHours(1));

        assertThat(create(borrower, key, "").sessionId()).isNotEqualTo(first.sessionId());
    }

    private void age(String ago) {
        database.sql("""
                        UPDATE session.idempotency SET created_at = now() - CAST(? AS interval)
                        WHERE session_id IN (SELECT session_id FROM session.session
                            JOIN session.platform_session USING (platform_session_id) WHERE borrower_key = ?)
                        """).params(ago, keyOf(borrower).value()).update();
    }

    private UUID lease(String until) {
        return database.sql("""
                        UPDATE session.idempotency SET lease_until = %s
                        WHERE NOT completed AND created_at = (
                            SELECT max(created_at) FROM session.idempotency WHERE NOT completed)
                        RETURNING session_id
                        """.formatted(until)).query(UUID.class).single();
    }

    private WebTestClient.ResponseSpec post(String idempotencyKey, String body) {
        return app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }
}

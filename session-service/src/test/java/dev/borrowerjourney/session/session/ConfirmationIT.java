package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions in use are confirmed by the way, so that no call waits for the database. */
class ConfirmationIT extends ServiceUnderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private String token = "";

    @BeforeEach
    void use() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        token = sessionTokenOf(borrower);
        assertThat(call()).isEqualTo(200);
    }

    @Test
    void findsThatAnotherInstanceEndedASessionInUse() {
        database.sql("DELETE FROM session.session WHERE session_id IN (SELECT session_id FROM session.session"
                        + " JOIN session.platform_session USING (platform_session_id) WHERE borrower_key = ?)")
                .param(keyOf(borrower).value())
                .update();

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(call())
                .isEqualTo(401));
    }

    @Test
    void notesTheUseOfASessionThatNoCallAsksAbout() {
        database.sql("UPDATE session.session SET last_used_at = now() - INTERVAL '10 minutes' WHERE session_id IN"
                        + " (SELECT session_id FROM session.session JOIN session.platform_session"
                        + " USING (platform_session_id) WHERE borrower_key = ?)")
                .param(keyOf(borrower).value())
                .update();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.sql("SELECT now() - last_used_at < INTERVAL '5 minutes'"
                                        + " FROM session.session JOIN session.platform_session USING (platform_session_id)"
                                        + " WHERE borrower_key = ?")
                                .param(keyOf(borrower).value())
                                .query(Boolean.class)
                                .single())
                        .isTrue());
    }

    private int call() {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }
}

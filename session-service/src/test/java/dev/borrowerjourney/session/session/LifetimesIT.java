package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How sessions of two devices begin, go on and end. */
class LifetimesIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    private final EndedSessionsJob job;

    @Autowired
    LifetimesIT(EndedSessionsJob job) {
        this.job = job;
    }

    @BeforeEach
    void answer() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
    }

    @Test
    void endsSessionThatIsNotUsed() {
        var session = create();
        use(session, "30 minutes");

        relay(session.sessionToken(), 401);
        refresh(session, 404);
        assertThat(listed()).isEmpty();
    }

    @Test
    void keepsSessionThatIsUsed() {
        var session = create();
        use(session, "29 minutes");

        relay(session.sessionToken(), 200);

        assertThat(ageOfLastUse(session)).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void endsAnySessionAfterItsAbsoluteLifetime() {
        var session = create();
        assertThat(remaining(session)).isBetween(Duration.ofMinutes(11 * 60 + 55), Duration.ofHours(12));
        end(session);

        relay(session.sessionToken(), 401);
        refresh(session, 404);
        assertThat(listed()).isEmpty();
    }

    /** The app is told when its token ends, however it ends. */
    @Test
    void tellsTheNearestEnd() {
        var session = create();
        database.sql("UPDATE session.session SET ends_at = now() + INTERVAL '5 minutes' WHERE session_id = ?")
                .param(session.sessionId())
                .update();

        app.post()
                .uri("/v1/sessions/{id}/refresh", session.sessionId())
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.sessionExpiresAt")
                .value(at -> assertThat(Duration.between(Instant.now(), Instant.parse((String) at)))
                        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    @Test
    void removesWhatHasEnded() {
        var unused = create();
        use(unused, "31 minutes");
        var old = create();
        end(old);
        var alive = create();

        job.cleanUp(Duration.ofHours(1));

        assertThat(sessions()).containsExactly(alive.sessionId());
        assertThat(database.sql("SELECT count(*) FROM session.session_token WHERE session_id IN (?, ?)")
                        .params(unused.sessionId(), old.sessionId())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** After an outage there may be more than one statement may take. */
    @Test
    void removesManyInParts() {
        var alive = create();
        database.sql("""
                        INSERT INTO session.session (session_id, platform_session_id, ends_at)
                        SELECT gen_random_uuid(), platform_session_id, now()
                        FROM session.session, generate_series(1, 2500)
                        WHERE session_id = ?
                        """).param(alive.sessionId()).update();

        job.cleanUp(Duration.ofHours(1));

        assertThat(sessions()).containsExactly(alive.sessionId());
    }

    @Test
    void endsOneDeviceAlone() {
        var phone = create();
        var tablet = create();
        relay(phone.sessionToken(), 200);

        delete("/v1/sessions/" + phone.sessionId());

        relay(phone.sessionToken(), 401);
        refresh(phone, 404);
        relay(tablet.sessionToken(), 200);
    }

    @Test
    void endsAllDevices() {
        var phone = create();
        var tablet = create();
        relay(phone.sessionToken(), 200);

        delete("/v1/sessions");

        relay(phone.sessionToken(), 401);
        relay(tablet.sessionToken(), 401);
        refresh(tablet, 404);
    }

    /** Whether or not a new login ends the older session of the platform. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsBothDevicesGoing(boolean endsOlder) {
        if (endsOlder) {
            PLATFORM.endOlderSessionOf(borrower);
        }
        var phone = create();
        relay(phone.sessionToken(), 200);
        var tablet = create();
        relay(tablet.sessionToken(), 200);
        relay(phone.sessionToken(), 200);

        PLATFORM.endSessionsOf(borrower);

        relay(phone.sessionToken(), 200);
        relay(tablet.sessionToken(), 200);
        refresh(phone, 200);
        refresh(tablet, 200);
    }

    @Test
    void hasOnePlatformSessionForABorrower() {
        create();
        create();

        assertThat(database.sql("SELECT count(*) FROM session.platform_session WHERE borrower_key = ?")
                        .param(keyOf(borrower).value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(sessions()).hasSize(2);
    }

    private Created create() {
        return create(borrower, UUID.randomUUID().toString(), "");
    }

    private void relay(String token, int status) {
        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private void refresh(Created session, int status) {
        app.post()
                .uri("/v1/sessions/{id}/refresh", session.sessionId())
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private void delete(String uri) {
        app.delete()
                .uri(uri)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private List<?> listed() {
        return Objects.requireNonNull(app.get()
                        .uri("/v1/sessions")
                        .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(Listing.class)
                        .returnResult()
                        .getResponseBody())
                .items();
    }

    private List<UUID> sessions() {
        return database.sql("""
                        SELECT session_id FROM session.session JOIN session.platform_session USING (platform_session_id)
                        WHERE borrower_key = ?
                        """)
                .param(keyOf(borrower).value())
                .query(UUID.class)
                .list();
    }

    private void use(Created session, String ago) {
        database.sql("UPDATE session.session SET last_used_at = now() - CAST(? AS interval) WHERE session_id = ?")
                .params(ago, session.sessionId())
                .update();
    }

    private void end(Created session) {
        database.sql("UPDATE session.session SET ends_at = now() WHERE session_id = ?")
                .param(session.sessionId())
                .update();
    }

    private Duration ageOfLastUse(Created session) {
        return seconds("now() - last_used_at", session);
    }

    private Duration remaining(Created session) {
        return seconds("ends_at - now()", session);
    }

    private Duration seconds(String interval, Created session) {
        return Duration.ofSeconds(database.sql("SELECT CAST(extract(epoch FROM " + interval
                        + ") AS bigint) FROM session.session WHERE session_id = ?")
                .param(session.sessionId())
                .query(Long.class)
                .single());
    }

    private record Listing(List<Object> items) {}
}

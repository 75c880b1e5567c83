package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Renewal by refresh tokens that die on use, as far as the platform's answers go. */
class RefreshEndpointIT extends ServiceUnderTest {

    // The common pool would be asked for the platform's answer, too, and has one thread on two cores.
    private static final Executor THREADS = Thread::startVirtualThread;

    private final PostgresPlatformSessions rows;
    private final TokenSeal seal;
    private final Renewals renewals;
    private final Renewals other;
    private final Renewals reopening;
    private UUID id = new UUID(0, 0);

    @Autowired
    RefreshEndpointIT(HttpPlatform platform, PostgresPlatformSessions rows, TokenSeal seal) {
        this.rows = rows;
        this.seal = seal;
        this.renewals = new Renewals(RenewalBy.REFRESH_ENDPOINT, rows, platform, seal, new SimpleMeterRegistry());
        this.other = new Renewals(RenewalBy.REFRESH_ENDPOINT, rows, platform, seal, new SimpleMeterRegistry());
        this.reopening = new Renewals(RenewalBy.REBOOTSTRAP, rows, platform, seal, new SimpleMeterRegistry());
    }

    @BeforeEach
    void open() {
        id = UUID.randomUUID();
        var sealed = seal.seal(Secret.of(borrower), id, PostgresPlatformSessions.BORROWER);
        rows.findOrCreate(id, APPLICATION, keyOf(borrower).value(), sealed);
        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
    }

    @AfterEach
    void heal() {
        PLATFORM.onRefresh(null);
    }

    @Test
    void usesEachRefreshTokenOnce() {
        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);

        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
        assertThat(PLATFORM.refreshesOf(borrower))
                .hasSize(2)
                .extracting(request -> request.header("idempotency-key"))
                .doesNotHaveDuplicates();
        assertThat(token()).isIn(PLATFORM.tokensOf(borrower));
    }

    /** The answer of a refresh tells of no journey. */
    @Test
    void keepsTheActiveJourney() {
        renewed();

        assertThat(rows.find(id).map(StoredSession::activeJourney))
                .get()
                .extracting("journeyId")
                .isEqualTo("j-active");
    }

    /** Its holder died after the platform had used up the token: the next one repeats the same operation. */
    @Test
    void findsTheTokensThatACrashLost() {
        var gate = PLATFORM.holdNextSessionOf(borrower);
        var dead = CompletableFuture.supplyAsync(this::renewed, THREADS);
        gate.awaitReached();
        endLease();

        var found = renewed(other);
        gate.open();

        assertThat(found).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
        assertThat(PLATFORM.refreshesOf(borrower))
                .hasSize(2)
                .extracting(request -> request.header("idempotency-key"))
                .containsOnly(PLATFORM.refreshesOf(borrower).getFirst().header("idempotency-key"));
        assertThat(dead.join()).isEqualTo(found);
        assertThat(token()).isIn(PLATFORM.tokensOf(borrower));
    }

    /** As after a restored backup, or by a thief: the platform ends the session, and a new one is opened at once. */
    @Test
    void opensAnewWhenItsTokenWasReused() {
        PLATFORM.useRefreshTokensOf(borrower);

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);

        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
        assertThat(token()).isIn(PLATFORM.tokensOf(borrower));
        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    /** Whatever it is that the endpoint does, a borrower gets a session at once. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 422, 500, 502})
    void opensAnewWhenTheEndpointRefuses(int status) {
        PLATFORM.onRefresh(Answer.json(status, PlatformStandIn.failure("SOME_CODE")));

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);

        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    @Test
    void opensAnewAfterAnAnswerThatNobodyCanRead() {
        PLATFORM.onRefresh(Answer.json(200, "{\"data\": {}}"));

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    /** Nobody knows whether the token is used up: this call failed, the next one opens the session anew. */
    @Test
    void opensAnewAfterAnAnswerThatCameTooLate() {
        PLATFORM.onRefresh(Answer.json(200, "{}").heldFor(Duration.ofSeconds(30)));
        assertThat(renewed()).isInstanceOf(Renewal.Failed.class);

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    /** Nothing was done, so the token is as good as before. */
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void keepsTheTokenWhenThePlatformIsBusy(int status) {
        PLATFORM.onRefresh(Answer.json(status, PlatformStandIn.failure("BUSY")));
        assertThat(renewed()).isInstanceOf(Renewal.Failed.class);
        PLATFORM.onRefresh(null);

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    @Test
    void opensAnewWhenTheRefreshTokenHasExpired() {
        database.sql("UPDATE session.platform_session SET refresh_expires_at = now() WHERE platform_session_id = ?")
                .param(id)
                .update();

        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
        assertThat(PLATFORM.refreshesOf(borrower)).isEmpty();
    }

    /** Instances are restarted one by one with a changed setting. */
    @Test
    void leavesRefreshTokensAloneWhereOpeningIsSet() {
        assertThat(renewed(reopening)).isInstanceOf(Renewal.Renewed.class);

        assertThat(PLATFORM.refreshesOf(borrower)).isEmpty();
        assertThat(renewed()).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.refreshesOf(borrower)).hasSize(1);
    }

    private Renewal renewed() {
        return renewed(renewals);
    }

    private Renewal renewed(Renewals instance) {
        return instance.newerThan(id, rows.find(id).orElseThrow().generation(), "c");
    }

    private String token() {
        return rows.find(id)
                .flatMap(renewals::credentialsOf)
                .orElseThrow()
                .token()
                .reveal();
    }

    private void endLease() {
        database.sql("UPDATE session.platform_session SET lease_until = now() WHERE platform_session_id = ?")
                .param(id)
                .update();
    }
}

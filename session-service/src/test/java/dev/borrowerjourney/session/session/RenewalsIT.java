package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.platform.PlatformSession;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two instances of the service, as far as renewal goes: each has futures of its own, the row is shared. */
class RenewalsIT extends ServiceUnderTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final PostgresPlatformSessions rows;
    private final EndedSessionsJob job;
    private final Renewals one;
    private final Renewals other;
    private final TokenSeal seal;
    private UUID id = new UUID(0, 0);

    @Autowired
    RenewalsIT(HttpPlatform platform, PostgresPlatformSessions rows, TokenSeal seal, EndedSessionsJob job) {
        this.rows = rows;
        this.seal = seal;
        this.job = job;
        this.one = new Renewals(RenewalBy.REBOOTSTRAP, rows, platform, seal, new SimpleMeterRegistry());
        this.other = new Renewals(RenewalBy.REBOOTSTRAP, rows, platform, seal, new SimpleMeterRegistry());
    }

    @BeforeEach
    void createRow() {
        id = UUID.randomUUID();
        var sealed = seal.seal(Secret.of(borrower), id, PostgresPlatformSessions.BORROWER);
        rows.findOrCreate(id, APPLICATION, keyOf(borrower).value(), sealed);
    }

    @Test
    void renewsOnceAcrossInstances() throws Exception {
        Callable<Renewal> first = () -> one.newerThan(id, 0, "c");
        Callable<Renewal> second = () -> other.newerThan(id, 0, "c");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var renewal : threads.invokeAll(Stream.generate(() -> Stream.of(first, second))
                    .limit(10)
                    .flatMap(pair -> pair)
                    .toList())) {
                assertThat(renewal.get()).isInstanceOf(Renewal.Renewed.class);
            }
        }

        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    /** Its call may have been answered late, and another caller's session may be the living one. */
    @Test
    void savesNothingFromACallerThatOutlivedItsLease() {
        var late = rows.lease(id, 0, LEASE).orElseThrow();
        database.sql("UPDATE session.platform_session SET lease_until = now() WHERE platform_session_id = ?")
                .param(id)
                .update();
        assertThat(one.newerThan(id, 0, "c")).isInstanceOf(Renewal.Renewed.class);
        var current = rows.find(id);

        assertThat(rows.save(id, late, session("late"))).isFalse();
        assertThat(rows.find(id)).isEqualTo(current);
    }

    @Test
    void givesNoSecondLeaseWhileOneHolds() {
        rows.lease(id, 0, LEASE).orElseThrow();

        assertThat(rows.lease(id, 0, LEASE)).isEmpty();
    }

    /** What the caller wants replaced was replaced already. */
    @Test
    void givesNoLeaseToThoseBehindTheTimes() {
        var fence = rows.lease(id, 0, LEASE).orElseThrow();
        rows.save(id, fence, session("new"));

        assertThat(rows.lease(id, 0, LEASE)).isEmpty();
        assertThat(rows.lease(id, fence, LEASE)).isPresent();
    }

    @Test
    void givesTheLeaseBackAfterAFailure() {
        PLATFORM.onSession(borrower, Answer.json(503, PlatformStandIn.failure("DOWN")));
        assertThat(one.newerThan(id, 0, "c")).isInstanceOf(Renewal.Failed.class);
        PLATFORM.healSession(borrower);

        assertThat(other.newerThan(id, 0, "c")).isInstanceOf(Renewal.Renewed.class);
    }

    /** Whatever the platform did meanwhile, nobody waits for it, and nothing of it is kept. */
    @Test
    void opensAnewAfterAnAnswerThatCameTooLate() {
        PLATFORM.onSession(borrower, Answer.json(200, "{}").heldFor(Duration.ofSeconds(30)));
        assertThat(one.newerThan(id, 0, "c")).isInstanceOf(Renewal.Failed.class);
        PLATFORM.healSession(borrower);

        assertThat(other.newerThan(id, 0, "c")).isInstanceOf(Renewal.Renewed.class);
    }

    /** One key per renewal: a key used again would be answered with the tokens of then. */
    @Test
    void usesAnotherPlatformKeyForEachRenewal() {
        var first = one.newerThan(id, 0, "c");
        assertThat(first).isInstanceOf(Renewal.Renewed.class);
        one.newerThan(id, rows.find(id).orElseThrow().generation(), "c");

        assertThat(PLATFORM.openingsOf(borrower))
                .extracting(request -> request.header("idempotency-key"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void opensSealedTokensInTheirOwnRowAlone() {
        one.newerThan(id, 0, "c");
        var row = rows.find(id).orElseThrow();

        assertThat(one.credentialsOf(row))
                .get()
                .extracting(credentials -> credentials.token().reveal())
                .isIn(PLATFORM.tokensOf(borrower));
        var moved = new StoredSession(
                UUID.randomUUID(),
                row.applicationId(),
                row.borrowerSealed(),
                row.sessionTokenSealed(),
                row.sessionExpiresAt(),
                null,
                null,
                null,
                row.generation());
        assertThatThrownBy(() -> one.credentialsOf(moved)).hasMessageContaining("does not open");
    }

    @Test
    void erasesTokensOfBorrowersWithoutSession() {
        var created = create(borrower, UUID.randomUUID().toString(), "");
        job.cleanUp(Duration.ofSeconds(-1));
        assertThat(rows.find(id)).isPresent();

        database.sql("UPDATE session.session SET ends_at = now() WHERE session_id = ?")
                .param(created.sessionId())
                .update();
        job.cleanUp(Duration.ofMinutes(1));
        assertThat(rows.find(id)).isPresent();
        job.cleanUp(Duration.ofSeconds(-1));

        assertThat(rows.find(id)).isEqualTo(Optional.empty());
    }

    private static PlatformSession session(String token) {
        var later = Instant.now().plusSeconds(60);
        return new PlatformSession(Secret.of(token), Secret.of(token), later, later, null);
    }
}

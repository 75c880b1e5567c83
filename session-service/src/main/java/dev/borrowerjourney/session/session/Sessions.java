package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Creates, renews, lists and ends the sessions of a borrower. Every method blocks: call it on a virtual thread. */
public class Sessions {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Custody custody;
    private final PostgresSessions sessions;
    private final PostgresPlatformSessions platformSessions;
    private final PostgresIdempotency idempotency;
    private final Renewals renewals;
    private final LiveSessions live;
    private final TokenSeal seal;
    private final Observations observations;
    private final MeterRegistry meters;

    Sessions(
            Custody custody,
            PostgresSessions sessions,
            PostgresPlatformSessions platformSessions,
            PostgresIdempotency idempotency,
            Renewals renewals,
            LiveSessions live,
            TokenSeal seal,
            Observations observations,
            MeterRegistry meters) {
        this.custody = custody;
        this.sessions = sessions;
        this.platformSessions = platformSessions;
        this.idempotency = idempotency;
        this.renewals = renewals;
        this.live = live;
        this.seal = seal;
        this.observations = observations;
        this.meters = meters;
    }

    /**
     * Creates a session, or answers a replay with a new token of the session that was created then. A holder that died
     * frees the key with the end of the lease; one that is only slow makes the same session as whoever took over.
     */
    Credentials create(Borrower borrower, IdempotencyKey key, Prefill prefill, String correlationId) {
        var attempt = UUID.randomUUID();
        var use = idempotency.use(key, prefill.body(), UUID.randomUUID(), attempt, Renewals.LEASE);
        if (!use.same()) {
            throw counted(
                    "reused",
                    HttpProblem.IDEMPOTENCY_KEY_REUSED.because(
                            "This Idempotency-Key was used for a request with another body."));
        }
        if (use.completed()) {
            return replay(borrower, use.sessionId(), correlationId);
        }
        if (!use.taken()) {
            throw counted(
                    "running",
                    HttpProblem.IDEMPOTENCY_KEY_IN_USE
                            .because("The first request with this Idempotency-Key is still running. Try again.")
                            .retryAfter(SOON));
        }
        var created = false;
        try {
            var credentials = created(borrower, key, use.sessionId(), prefill, correlationId);
            created = true;
            return credentials;
        } finally {
            if (!created) {
                idempotency.release(key, attempt);
            }
        }
    }

    private Credentials created(
            Borrower borrower, IdempotencyKey key, UUID sessionId, Prefill prefill, String correlationId) {
        var row = findOrCreate(borrower);
        var renewal = prefill.isEmpty()
                ? renewals.opened(row, key.forPlatform(), correlationId)
                : renewals.openedWith(row, prefill.members(), key.forPlatform(), correlationId);
        if (!(renewal instanceof Renewal.Renewed(var opened))) {
            throw counted("failed", PlatformFailures.problem(renewal));
        }
        var issued = sessions.create(key, sessionId, opened.platformSessionId(), grantOf(opened))
                .orElseThrow();
        live.renewed(opened);
        count("created");
        observations.visited(borrower, opened.platformSessionId());
        return new Credentials(issued, opened.activeJourney(), false);
    }

    /** A new token for a live session; the old one still works for a short while. */
    Credentials refresh(Borrower borrower, UUID sessionId, String correlationId) {
        var held = held(borrower, sessionId)
                .orElseThrow(() -> HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session."));
        return reissued(sessionId, grant(held.platformSessionId(), held.generation(), correlationId), false)
                .orElseThrow(() -> HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session."));
    }

    List<PostgresSessions.Listed> list(Borrower borrower, PostgresSessions.Cursor after, int limit) {
        return sessions.list(borrower.applicationId(), borrower.key().value(), after, limit);
    }

    void end(Borrower borrower, UUID sessionId) {
        boolean ended;
        try {
            ended = sessions.end(
                    sessionId, borrower.applicationId(), borrower.key().value());
        } catch (DataAccessException e) {
            // It may have ended, and nobody can tell.
            live.forget(sessionId);
            throw e;
        }
        if (!ended) {
            throw HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session.");
        }
        live.forget(sessionId);
        count("ended");
    }

    void endAll(Borrower borrower) {
        var key = borrower.key().value();
        try {
            sessions.endAll(borrower.applicationId(), key).forEach(_ -> count("ended"));
        } finally {
            live.forgetAll(borrower.applicationId(), key);
        }
    }

    /** The platform's credentials of a borrower; opens a platform session if there is none. */
    public PlatformCredentials platformCredentials(Borrower borrower, String correlationId) {
        var row = findOrCreate(borrower);
        var present = renewals.credentialsOf(row).filter(PlatformCredentials::lasts);
        if (present.isPresent()) {
            return present.get();
        }
        return renewed(row.id(), row.generation(), correlationId);
    }

    /** Credentials newer than the ones that the platform refused. */
    public PlatformCredentials renewed(PlatformCredentials refused, String correlationId) {
        return renewed(refused.platformSessionId(), refused.generation(), correlationId);
    }

    private PlatformCredentials renewed(UUID platformSessionId, long seen, String correlationId) {
        var renewal = renewals.newerThan(platformSessionId, seen, correlationId);
        if (renewal instanceof Renewal.Renewed(var credentials)) {
            live.renewed(credentials);
            return credentials;
        }
        throw PlatformFailures.problem(renewal);
    }

    private Credentials replay(Borrower borrower, UUID sessionId, String correlationId) {
        count("replayed");
        return held(borrower, sessionId)
                .flatMap(held -> reissued(sessionId, grant(held.platformSessionId(), 0, correlationId), true))
                .orElseThrow(() -> HttpProblem.SESSION_ENDED.because(
                        "The session of this Idempotency-Key has ended. Create another one with a new key."));
    }

    private Optional<PostgresSessions.Held> held(Borrower borrower, UUID sessionId) {
        return sessions.held(sessionId, borrower.applicationId(), borrower.key().value());
    }

    private Grant grantOf(PlatformCredentials opened) {
        return switch (custody) {
            case VAULTED -> Grant.ofOurs();
            case DIRECT -> Grant.ofPlatforms(opened);
        };
    }

    /** @param seen the generation of the platform's tokens that the app has already */
    private Grant grant(UUID platformSessionId, long seen, String correlationId) {
        return switch (custody) {
            case VAULTED -> Grant.ofOurs();
            case DIRECT -> Grant.ofPlatforms(lasting(platformSessionId, seen, correlationId));
        };
    }

    private PlatformCredentials lasting(UUID platformSessionId, long seen, String correlationId) {
        var newer = renewed(platformSessionId, seen, correlationId);
        return newer.lasts() ? newer : renewed(newer, correlationId);
    }

    private Optional<Credentials> reissued(UUID sessionId, Grant grant, boolean replayed) {
        var reissued = sessions.reissue(sessionId, grant);
        live.replaced(sessionId, grant.token());
        return reissued.map(issued -> new Credentials(
                issued,
                platformSessions
                        .find(issued.platformSessionId())
                        .map(StoredSession::activeJourney)
                        .orElse(null),
                replayed));
    }

    private StoredSession findOrCreate(Borrower borrower) {
        var newId = UUID.randomUUID();
        var sealed = seal.seal(Secret.of(borrower.externalId()), newId, PostgresPlatformSessions.BORROWER);
        return platformSessions.findOrCreate(
                newId, borrower.applicationId(), borrower.key().value(), sealed);
    }

    private <T> T counted(String outcome, T value) {
        count(outcome);
        return value;
    }

    private void count(String outcome) {
        meters.counter("session.sessions", "outcome", outcome).increment();
    }

    /**
     * What the app is told.
     *
     * @param activeJourney as of the last time that the platform session was opened; null if there was none
     */
    record Credentials(
            PostgresSessions.Issued issued, @Nullable ActiveJourney activeJourney, boolean replayed) {}
}

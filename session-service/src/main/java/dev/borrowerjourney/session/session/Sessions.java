package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.problem.HttpProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, renews, lists and ends the sessions of a borrower. Every method blocks: call it on a virtual thread. */
public class Sessions {

    private final PostgresSessions sessions;
    private final PostgresPlatformSessions platformSessions;
    private final Renewals renewals;
    private final LiveSessions live;
    private final TokenSeal seal;
    private final MeterRegistry meters;

    Sessions(
            PostgresSessions sessions,
            PostgresPlatformSessions platformSessions,
            Renewals renewals,
            LiveSessions live,
            TokenSeal seal,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.platformSessions = platformSessions;
        this.renewals = renewals;
        this.live = live;
        this.seal = seal;
        this.meters = meters;
    }

    /** Creates a session, or answers a replay with a new token of the session that was created then. */
    Credentials create(Borrower borrower, IdempotencyKey key, Prefill prefill, String correlationId) {
        var use = sessions.use(key, prefill.body(), UUID.randomUUID());
        if (!use.same()) {
            throw counted(
                    "reused",
                    HttpProblem.IDEMPOTENCY_KEY_REUSED.because(
                            "This Idempotency-Key was used for a request with another body."));
        }
        if (use.completed()) {
            return replay(borrower, use.sessionId());
        }
        var row = findOrCreate(borrower);
        var renewal = prefill.isEmpty()
                ? renewals.opened(row, key.forPlatform(), correlationId)
                : renewals.openedWith(row, prefill.members(), key.forPlatform(), correlationId);
        if (!(renewal instanceof Renewal.Renewed(var opened))) {
            throw counted("failed", PlatformFailures.problem(renewal));
        }
        var issued = sessions.create(key, use.sessionId(), opened.platformSessionId(), SessionToken.random())
                .orElseThrow();
        live.renewed(opened);
        count("created");
        return new Credentials(issued, opened.activeJourney(), false);
    }

    /** A new token for a live session; the old one still works for a short while. */
    Credentials refresh(Borrower borrower, UUID sessionId) {
        return reissued(borrower, sessionId, false)
                .orElseThrow(() -> HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session."));
    }

    List<PostgresSessions.Listed> list(Borrower borrower, PostgresSessions.Cursor after, int limit) {
        return sessions.list(borrower.applicationId(), borrower.key().value(), after, limit);
    }

    void end(Borrower borrower, UUID sessionId) {
        if (!sessions.end(sessionId, borrower.applicationId(), borrower.key().value())) {
            throw HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session.");
        }
        live.forget(sessionId);
        count("ended");
    }

    void endAll(Borrower borrower) {
        sessions.endAll(borrower.applicationId(), borrower.key().value()).forEach(sessionId -> {
            live.forget(sessionId);
            count("ended");
        });
    }

    /** The platform's credentials of a borrower; opens a platform session if there is none. */
    public PlatformCredentials platformCredentials(Borrower borrower, String correlationId) {
        var row = findOrCreate(borrower);
        var present = renewals.credentialsOf(row)
                .filter(credentials -> credentials.expiresAt().isAfter(Instant.now()));
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

    private Credentials replay(Borrower borrower, UUID sessionId) {
        count("replayed");
        return reissued(borrower, sessionId, true)
                .orElseThrow(() -> HttpProblem.SESSION_ENDED.because(
                        "The session of this Idempotency-Key has ended. Create another one with a new key."));
    }

    private Optional<Credentials> reissued(Borrower borrower, UUID sessionId, boolean replayed) {
        return sessions.reissue(
                        sessionId, borrower.applicationId(), borrower.key().value(), SessionToken.random())
                .map(issued -> new Credentials(
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

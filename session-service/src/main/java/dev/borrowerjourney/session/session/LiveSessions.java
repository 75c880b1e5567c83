package dev.borrowerjourney.session.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds sessions by their tokens. A session found is remembered for the look-up time of the settings, so one that ended in
 * another instance may still be found for so long; one that ended here is forgotten at once.
 */
public class LiveSessions {

    private static final int MOST_REMEMBERED = 10_000;

    private final PostgresSessions sessions;
    private final Renewals renewals;
    private final Cache<ByteBuffer, LiveSession> remembered;

    LiveSessions(PostgresSessions sessions, Renewals renewals, LifetimeProperties lifetime) {
        this.sessions = sessions;
        this.renewals = renewals;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(lifetime.lookUp())
                .maximumSize(MOST_REMEMBERED)
                .build();
    }

    /** The live session of a token. Blocks while it asks the database. */
    public Optional<LiveSession> find(SessionToken token) {
        var hash = ByteBuffer.wrap(token.hash());
        var known = remembered.getIfPresent(hash);
        if (known != null && known.endsAt().isAfter(Instant.now())) {
            return Optional.of(known);
        }
        var found = sessions.find(token.hash()).flatMap(row -> live(token, row));
        found.ifPresent(session -> remembered.put(hash, session));
        return found;
    }

    /** Remembers newer credentials of the platform for all tokens that share them. */
    public void renewed(PlatformCredentials credentials) {
        remembered
                .asMap()
                .replaceAll((_, session) ->
                        session.credentials().platformSessionId().equals(credentials.platformSessionId())
                                        && session.credentials().generation() < credentials.generation()
                                ? new LiveSession(
                                        session.sessionId(), session.applicationId(), session.endsAt(), credentials)
                                : session);
    }

    void forget(UUID sessionId) {
        remembered.asMap().values().removeIf(session -> session.sessionId().equals(sessionId));
    }

    private Optional<LiveSession> live(SessionToken token, PostgresSessions.Found found) {
        if (found.useUnnoted()) {
            sessions.noteUse(token.hash());
        }
        var row = found.platformSession();
        return renewals.credentialsOf(row)
                .map(credentials ->
                        new LiveSession(found.sessionId(), row.applicationId(), found.endsAt(), credentials));
    }
}

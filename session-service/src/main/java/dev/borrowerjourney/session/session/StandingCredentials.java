package dev.borrowerjourney.session.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The platform's credentials of borrowers who have a session, for calls that no borrower makes. Blocks. */
public class StandingCredentials {

    /** A token that is about to expire would expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final PostgresPlatformSessions rows;
    private final Renewals renewals;
    private final LiveSessions live;

    StandingCredentials(PostgresPlatformSessions rows, Renewals renewals, LiveSessions live) {
        this.rows = rows;
        this.renewals = renewals;
        this.live = live;
    }

    /** Credentials that have not expired, renewed if need be. */
    public Renewal of(UUID platformSessionId, String correlationId) {
        var row = rows.find(platformSessionId);
        if (row.isEmpty()) {
            return new Renewal.Gone();
        }
        return current(row.get())
                .<Renewal>map(Renewal.Renewed::new)
                .orElseGet(() -> newerThan(platformSessionId, row.get().generation(), correlationId));
    }

    /** Credentials newer than the ones that the platform refused. */
    public Renewal newerThan(UUID platformSessionId, long refused, String correlationId) {
        var renewal = renewals.newerThan(platformSessionId, refused, correlationId);
        if (renewal instanceof Renewal.Renewed(var credentials)) {
            live.renewed(credentials);
        }
        return renewal;
    }

    private Optional<PlatformCredentials> current(StoredSession row) {
        return renewals.credentialsOf(row)
                .filter(credentials ->
                        credentials.expiresAt().isAfter(Instant.now().plus(MARGIN)));
    }
}

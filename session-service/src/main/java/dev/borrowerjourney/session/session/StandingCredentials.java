package dev.borrowerjourney.session.session;

import java.util.UUID;

/**
 * The platform's credentials of borrowers, for calls that no borrower makes. Where the app holds the platform's own token,
 * it is never renewed for such a call: the platform might end the one that the app holds. Blocks.
 */
public class StandingCredentials {

    private final Custody custody;
    private final PostgresPlatformSessions rows;
    private final Renewals renewals;
    private final LiveSessions live;

    StandingCredentials(Custody custody, PostgresPlatformSessions rows, Renewals renewals, LiveSessions live) {
        this.custody = custody;
        this.rows = rows;
        this.renewals = renewals;
        this.live = live;
    }

    /** Credentials that have not expired, renewed if need be and if they may be. */
    public Renewal of(UUID platformSessionId, String correlationId) {
        var row = rows.find(platformSessionId);
        if (row.isEmpty()) {
            return new Renewal.Gone();
        }
        return renewals.credentialsOf(row.get())
                .filter(PlatformCredentials::lasts)
                .<Renewal>map(Renewal.Renewed::new)
                .orElseGet(() -> newerThan(platformSessionId, row.get().generation(), correlationId));
    }

    /** Credentials newer than the ones that the platform refused. */
    public Renewal newerThan(UUID platformSessionId, long refused, String correlationId) {
        if (custody == Custody.DIRECT) {
            return new Renewal.Gone();
        }
        var renewal = renewals.newerThan(platformSessionId, refused, correlationId);
        if (renewal instanceof Renewal.Renewed(var credentials)) {
            live.renewed(credentials);
        }
        return renewal;
    }
}

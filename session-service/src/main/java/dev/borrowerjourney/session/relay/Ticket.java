package dev.borrowerjourney.session.relay;

import java.util.Locale;
import java.util.Set;

/** The leave of one call to go to the platform, until its answer is whole. */
final class Ticket implements Admission.Decision {

    private static final Set<Integer> FAILING = Set.of(500, 502, 503, 504);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Admission admission;
    private final BorrowerShare share;
    private final long since = System.nanoTime();
    private boolean told;
    private boolean closed;

    Ticket(Admission admission, BorrowerShare share) {
        this.admission = admission;
        this.share = share;
    }

    /** When the call went out. */
    long since() {
        return since;
    }

    /** The platform answered; only what is told first counts. */
    synchronized void answered(int status) {
        if (FAILING.contains(status)) {
            failed(Fault.STATUS);
        } else if (tellsFirst("answered")) {
            if (status == TOO_MANY_REQUESTS) {
                admission.circuit().saidNothing();
            } else {
                admission.circuit().succeeded(System.nanoTime() - since);
            }
        }
    }

    /**
     * The platform failed. Of one borrower only one failure in a window counts against it, unless nobody can have caused
     * it: or whoever found what makes the platform fail could have the calls of all others held back.
     */
    synchronized void failed(Fault fault) {
        if (tellsFirst(fault.name().toLowerCase(Locale.ROOT))) {
            var now = System.nanoTime();
            if (!fault.isThePlatforms() || (fault.mayBeTheCalls() && !share.failsFirst(now, admission.windowNanos()))) {
                admission.circuit().saidNothing();
            } else {
                admission.circuit().failed(now - since);
            }
        }
    }

    /** The call is over; again changes nothing. */
    synchronized void close() {
        if (tellsFirst("abandoned")) {
            admission.circuit().saidNothing();
        }
        if (!closed) {
            closed = true;
            admission.leave(share);
        }
    }

    private boolean tellsFirst(String outcome) {
        if (told) {
            return false;
        }
        told = true;
        admission.count(outcome);
        return true;
    }
}

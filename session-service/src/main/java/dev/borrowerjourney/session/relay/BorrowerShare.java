package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.limit.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.atomic.AtomicInteger;

/** What one borrower takes of the relay of this instance. */
final class BorrowerShare {

    private final Bucket calls;
    private final AtomicInteger underWay = new AtomicInteger();
    private long failedAt;
    private boolean failed;

    BorrowerShare(Rate rate, TimeMeter clock) {
        this.calls = rate.bucket(clock);
    }

    Bucket calls() {
        return calls;
    }

    AtomicInteger underWay() {
        return underWay;
    }

    /** Notes a failure, and whether it is the borrower's first one within the window. */
    synchronized boolean failsFirst(long now, long window) {
        if (failed && now - failedAt < window) {
            return false;
        }
        failed = true;
        failedAt = now;
        return true;
    }
}

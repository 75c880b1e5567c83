package dev.borrowerjourney.ingest.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is being worked on: the memory of all bodies, and the deliveries that wait for the log. */
final class InFlight {

    private final long mostBytes;
    private final long mostRequests;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    InFlight(long mostBytes, long mostRequests) {
        this.mostBytes = mostBytes;
        this.mostRequests = mostRequests;
    }

    long bytes() {
        return bytes.get();
    }

    long mostBytes() {
        return mostBytes;
    }

    long requests() {
        return requests.get();
    }

    long mostRequests() {
        return mostRequests;
    }

    /** The part of one request, nothing at first. */
    Share share() {
        return new Share();
    }

    private static boolean take(AtomicLong taken, long amount, long most) {
        if (taken.addAndGet(amount) <= most) {
            return true;
        }
        taken.addAndGet(-amount);
        return false;
    }

    /** Once given back it takes nothing any more: a body's last bytes may arrive while its time runs out elsewhere. */
    final class Share {

        private long held;
        private boolean entered;
        private boolean over;

        private Share() {}

        /** Whether there is room for so many bytes more. */
        synchronized boolean hold(long more) {
            if (over || !take(bytes, more, mostBytes)) {
                return false;
            }
            held += more;
            return true;
        }

        /** Whether one delivery more may wait for the log. */
        synchronized boolean enter() {
            entered = !over && take(requests, 1, mostRequests);
            return entered;
        }

        synchronized void giveBack() {
            if (!over) {
                over = true;
                bytes.addAndGet(-held);
                requests.addAndGet(entered ? -1 : 0);
            }
        }
    }
}

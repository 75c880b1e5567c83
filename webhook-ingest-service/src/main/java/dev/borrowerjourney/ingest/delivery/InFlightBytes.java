package dev.borrowerjourney.ingest.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of all bodies being worked on. */
final class InFlightBytes {

    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    InFlightBytes(long limit) {
        this.limit = limit;
    }

    /** Whether there was room; if so, the caller gives it back by {@link #release}. */
    boolean reserve(long bytes) {
        if (reserved.addAndGet(bytes) <= limit) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    long current() {
        return reserved.get();
    }
}

package dev.borrowerjourney.ingest.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs a failing log now and then: in an outage every delivery fails, and each would be a line. */
final class OutageLog {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL);
    private final AtomicLong failures = new AtomicLong();

    OutageLog(Logger log) {
        this.log = log;
    }

    /** Names types only: messages of serializers may quote what they could not write. */
    void note(Throwable failure) {
        failures.incrementAndGet();
        var now = System.nanoTime();
        var before = last.get();
        if (now - before >= INTERVAL && last.compareAndSet(before, now)) {
            log.warn(
                    "The log did not take deliveries; their senders were asked to come again. failures={} failure={} cause={}",
                    failures.getAndSet(0),
                    failure.getClass().getName(),
                    failure.getCause() == null
                            ? "none"
                            : failure.getCause().getClass().getName());
        }
    }
}

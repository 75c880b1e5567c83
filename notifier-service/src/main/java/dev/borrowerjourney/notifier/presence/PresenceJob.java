package dev.borrowerjourney.notifier.presence;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Notes new streams at once and those that stay open now and then, all of them in one statement. */
final class PresenceJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PresenceJob.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** A third of the time for which a borrower counts as present, so that one failure is not felt. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private final OpenStreams streams;
    private final PostgresPresence presence;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("presence").unstarted(this::run);
    private final Map<BorrowerKey, Long> noted = new HashMap<>();
    private boolean failing;

    PresenceJob(OpenStreams streams, PostgresPresence presence) {
        this.streams = streams;
        this.presence = presence;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        var forgotten = System.nanoTime();
        try {
            while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
                if (System.nanoTime() - forgotten > AGAIN.toNanos()) {
                    forgotten = System.nanoTime();
                    attempt(presence::forget);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var open = streams.borrowers();
        noted.keySet().retainAll(open);
        var now = System.nanoTime();
        var due = new ArrayList<BorrowerKey>();
        for (var borrower : open) {
            var last = noted.get(borrower);
            if (last == null || now - last > AGAIN.toNanos()) {
                due.add(borrower);
            }
        }
        if (!due.isEmpty() && attempt(() -> presence.note(due))) {
            due.forEach(borrower -> noted.put(borrower, now));
        }
    }

    /** While the database is away nobody is known to be present, and journeys are asked about less often. */
    private boolean attempt(Runnable work) {
        try {
            work.run();
            failing = false;
            return true;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Who has a stream open cannot be noted.", e);
            }
            failing = true;
            return false;
        }
    }
}

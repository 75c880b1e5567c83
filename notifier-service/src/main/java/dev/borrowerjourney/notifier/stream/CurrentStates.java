package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the present state for connections, many in one query: a thousand devices that come back at once cost a handful of
 * queries. While the read model does not answer, connections wait and are served as soon as it does.
 */
final class CurrentStates implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CurrentStates.class);
    private static final int READERS = 4;
    private static final int MOST_AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Journeys journeys;
    private final UpdateWriter writer;
    private final BlockingQueue<Connection> waiting = new LinkedBlockingQueue<>();
    private final Set<Connection> asked = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> readers = new ArrayList<>();
    private volatile boolean failing;

    CurrentStates(Journeys journeys, UpdateWriter writer) {
        this.journeys = journeys;
        this.writer = writer;
    }

    /** Has the state read that is present after this call, and shown on the connection. */
    void show(Connection connection) {
        if (asked.add(connection)) {
            waiting.add(connection);
        }
    }

    @Override
    public void start() {
        for (int i = 0; i < READERS; i++) {
            readers.add(Thread.ofVirtual().name("current-states-" + i).start(this::read));
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        readers.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return !readers.isEmpty() && stopped.getCount() > 0;
    }

    /** Before the web server starts, after it stopped. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void read() {
        try {
            while (stopped.getCount() > 0) {
                var batch = new ArrayList<Connection>();
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                serve(batch);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(List<Connection> batch) throws InterruptedException {
        // Whoever asks from here on asks for a state later than the one about to be read.
        asked.removeAll(batch);
        batch.removeIf(Connection::ended);
        if (batch.isEmpty()) {
            return;
        }
        Map<BorrowerKey, List<Journey>> states;
        try {
            states = journeys.of(
                    batch.stream().map(it -> it.borrower().key()).distinct().toList());
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("Connections wait for their present state.", e);
            }
            failing = true;
            batch.forEach(this::show);
            awaitStop(PAUSE);
            return;
        }
        failing = false;
        batch.forEach(connection -> attempt(connection, states));
    }

    private void awaitStop(Duration atMost) throws InterruptedException {
        if (stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("Stopped.");
        }
    }

    private static boolean owned(Connection connection, Update update) {
        if (connection.owns(update)) {
            return true;
        }
        log.error("{} in the read model is of another application than its borrower; it is not shown.", update);
        return false;
    }

    /** What cannot be shown to one borrower must not keep the others from theirs. */
    private void attempt(Connection connection, Map<BorrowerKey, List<Journey>> states) {
        try {
            present(connection, states);
        } catch (RuntimeException e) {
            log.error("A connection could not be shown its present state; the others are.", e);
        }
    }

    private void present(Connection connection, Map<BorrowerKey, List<Journey>> states) {
        var borrower = connection.borrower().key();
        var updates = states.getOrDefault(borrower, List.of()).stream()
                .map(journey -> writer.write(borrower, journey))
                .filter(update -> owned(connection, update))
                .toList();
        if (!connection.present(updates)) {
            show(connection);
        }
    }
}

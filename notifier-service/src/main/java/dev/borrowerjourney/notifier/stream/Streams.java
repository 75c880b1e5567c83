package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.presence.OpenStreams;
import dev.borrowerjourney.notifier.stream.Opening.Opened;
import dev.borrowerjourney.notifier.stream.Opening.Reason;
import dev.borrowerjourney.notifier.stream.Opening.Refused;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;

/** All open connections of this instance, found by nothing but their borrower's key. */
final class Streams implements OpenStreams, SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Streams.class);
    /** Looking at ten thousand takes 10 ms. What must not be late, an event after the token, is seen at the write. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StreamProperties properties;
    private final Reconnects reconnects;
    private final CurrentStates states;
    private final UpdateWriter writer;
    private final StreamMetrics metrics;
    private final InstantSource clock;
    private final Map<BorrowerKey, Set<Connection>> connections = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread sweeper = Thread.ofVirtual().name("stream-sweeper").unstarted(this::run);
    private volatile boolean draining;

    Streams(
            StreamProperties properties,
            Reconnects reconnects,
            CurrentStates states,
            UpdateWriter writer,
            StreamMetrics metrics,
            InstantSource clock) {
        this.properties = properties;
        this.reconnects = reconnects;
        this.states = states;
        this.writer = writer;
        this.metrics = metrics;
        this.clock = clock;
        metrics.connections(open::get);
    }

    /** Registers a connection, then has its present state read: in this order no change falls between the two. */
    Opening open(Borrower borrower) {
        if (draining) {
            return refused(Reason.DRAINING);
        }
        if (open.incrementAndGet() > properties.maxConnections()) {
            open.decrementAndGet();
            return refused(Reason.LIMIT);
        }
        var connection = new Connection(borrower, properties.buffer(), reconnects, clock);
        if (!register(connection)) {
            open.decrementAndGet();
            return refused(Reason.LIMIT);
        }
        if (draining) {
            connection.close(CloseReason.DRAINING);
        }
        states.show(connection);
        return new Opened(connection);
    }

    /** What is to be written to an opened connection. */
    Flux<StreamEvent> events(Connection connection) {
        return connection.events().doOnNext(metrics::wrote).doFinally(_ -> ended(connection));
    }

    /** What became of a change. */
    enum Shown {
        /** Handed to every connection of the borrower. */
        SHOWN,
        /** The borrower has no connection here. */
        UNWATCHED,
        /** It says it is of another application than the borrower's, so it is shown to nobody. */
        FOREIGN
    }

    /** Shows a change to the borrower's connections. */
    Shown publish(BorrowerKey borrower, Journey journey) {
        var listening = connections.get(borrower);
        if (listening == null) {
            return Shown.UNWATCHED;
        }
        var update = writer.write(borrower, journey);
        for (var connection : listening) {
            if (!connection.owns(update)) {
                log.error("{} is of another application than its borrower; it is not shown.", update);
                return Shown.FOREIGN;
            }
            connection.accept(update);
        }
        metrics.delayed(Duration.between(update.changedAt(), clock.instant()));
        return Shown.SHOWN;
    }

    @Override
    public Set<BorrowerKey> borrowers() {
        return Set.copyOf(connections.keySet());
    }

    /** Has the present state read again for one borrower, after a change that could not be read. */
    void refresh(BorrowerKey borrower) {
        connections.getOrDefault(borrower, Set.of()).forEach(states::show);
    }

    /** Has the present state read again for everybody, since changes may have been missed. */
    void refreshAll(String cause) {
        metrics.refreshed(cause).increment();
        log.info("{} connections get their present state again: {}", open, cause);
        forEach(states::show);
    }

    @Override
    public void start() {
        sweeper.start();
    }

    /** Before the web server stops: it waits for its requests to end, and these end only by this. */
    @Override
    public void stop() {
        draining = true;
        new Drain(properties.drain(), stopped).end(all());
    }

    /** While connections end one after the other, those that are still open are shown what happens. */
    @Override
    public void stop(Runnable ended) {
        draining = true;
        Thread.ofVirtual().name("stream-drain").start(() -> {
            try {
                stop();
            } finally {
                ended.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return sweeper.isAlive() && !draining;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void close() {
        stopped.countDown();
    }

    private Refused refused(Reason reason) {
        metrics.refused(reason).increment();
        return new Refused(reason, reconnects.after(reason));
    }

    private boolean register(Connection connection) {
        var siblings = connections.compute(connection.borrower().key(), (_, present) -> {
            var all = present == null ? ConcurrentHashMap.<Connection>newKeySet() : present;
            if (all.size() < properties.maxConnectionsPerBorrower()) {
                all.add(connection);
            }
            return all;
        });
        return siblings.contains(connection);
    }

    private void ended(Connection connection) {
        connection.end();
        connections.computeIfPresent(connection.borrower().key(), (_, siblings) -> {
            if (siblings.remove(connection)) {
                open.decrementAndGet();
                var reason = connection.closeReason();
                metrics.closed(reason == null ? "DISCONNECTED" : reason.name()).increment();
            }
            return siblings.isEmpty() ? null : siblings;
        });
    }

    private void run() {
        try {
            // While draining, too: readers that do not take their last event are cut here.
            while (!stopped.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                forEach(this::sweep);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(Connection connection) {
        try {
            if (connection.expired()) {
                connection.close(CloseReason.TOKEN_EXPIRED);
            }
            connection.beat(properties.heartbeat());
            connection.cutAfter(properties.closeGrace());
            if (connection.abandoned(PATIENCE)) {
                ended(connection);
            }
        } catch (RuntimeException e) {
            log.error("A connection could not be looked after; the others are.", e);
        }
    }

    private List<Connection> all() {
        var all = new ArrayList<Connection>();
        forEach(all::add);
        return all;
    }

    private void forEach(Consumer<Connection> action) {
        connections.values().forEach(siblings -> siblings.forEach(action));
    }
}

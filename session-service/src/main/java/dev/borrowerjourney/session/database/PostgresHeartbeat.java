package dev.borrowerjourney.session.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the database every second whether it is there, as any caller would: with a connection of the pool. Tells of a change
 * once. An answer that comes late is an answer: the database is back with it.
 */
public final class PostgresHeartbeat implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresHeartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Duration patience;
    private final Executor executor = Thread::startVirtualThread;
    private CountDownLatch stopped = new CountDownLatch(0);
    private @Nullable CompletableFuture<Void> beat;
    private volatile long awaySince;
    private volatile boolean away;

    PostgresHeartbeat(JdbcClient jdbc, Duration patience) {
        this.jdbc = jdbc;
        this.patience = patience;
    }

    /** Whether the last attempt failed, or is taking longer than a caller would wait. */
    public boolean away() {
        return away;
    }

    /** For how long it has been away; zero if it is there. */
    public Duration awayFor() {
        return away ? Duration.ofNanos(System.nanoTime() - awaySince) : Duration.ZERO;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        Thread.ofVirtual().name("database-heartbeat").start(this::run);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Before the server, which is answered differently while the database is away. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        var asked = beat == null ? CompletableFuture.runAsync(this::ask, executor) : beat;
        beat = asked;
        try {
            asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            beat = null;
            answered();
        } catch (ExecutionException e) {
            beat = null;
            missed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            missed(e);
        }
    }

    private void ask() {
        jdbc.sql("SELECT 1").query(Integer.class).single();
    }

    private void answered() {
        if (away) {
            LOG.info(
                    "The database answers again, after {} s",
                    awayFor().plusMillis(500).toSeconds());
            away = false;
        }
    }

    private void missed(Throwable failure) {
        if (!away) {
            awaySince = System.nanoTime();
            away = true;
            LOG.warn(
                    "The database does not answer ({}): nothing is read or changed, and only sessions that were seen are relayed",
                    failure.getClass().getSimpleName());
        }
    }
}

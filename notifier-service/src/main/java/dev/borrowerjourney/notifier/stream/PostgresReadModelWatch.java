package dev.borrowerjourney.notifier.stream;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database again and again whether the read model can be read, and from the primary. */
final class PostgresReadModelWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PostgresReadModelWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String VIEW = "journey.current_journey";

    private final JdbcClient jdbc;
    private final Streams streams;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread watcher = Thread.ofVirtual().name("read-model-watch").unstarted(this::run);
    private volatile @Nullable String trouble = "the read model was not asked yet";
    private boolean seen;

    PostgresReadModelWatch(JdbcClient jdbc, Streams streams) {
        this.jdbc = jdbc;
        this.streams = streams;
    }

    /** Why the read model cannot be read, or nothing if it can. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void start() {
        watcher.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        watcher.interrupt();
    }

    @Override
    public boolean isRunning() {
        return watcher.isAlive();
    }

    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            do {
                note(look());
            } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> look() {
        try {
            var replica = jdbc.sql("SELECT pg_is_in_recovery() FROM (SELECT 1) AS one LEFT JOIN " + VIEW + " ON false")
                    .query(Boolean.class)
                    .single();
            return replica ? Optional.of("the database is a replica (expected: the primary)") : Optional.empty();
        } catch (DataAccessException e) {
            return Optional.of(reason(e));
        }
    }

    private static String reason(DataAccessException e) {
        var state = e.getMostSpecificCause() instanceof SQLException cause ? cause.getSQLState() : null;
        return switch (state) {
            case "42P01", "3F000" -> "view " + VIEW + " is missing (journey-projector makes it)";
            case "42501" -> "view " + VIEW + " may not be read (journey-projector grants it)";
            case null, default -> "the database does not answer";
        };
    }

    private void note(Optional<String> found) {
        if (found.isPresent()) {
            if (!found.get().equals(trouble)) {
                log.warn("Read model: {}", found.get());
            }
            trouble = found.get();
            return;
        }
        if (trouble != null && seen) {
            streams.refreshAll("database-returned");
        }
        seen = true;
        trouble = null;
    }
}

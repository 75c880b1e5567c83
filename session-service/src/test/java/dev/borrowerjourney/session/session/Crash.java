package dev.borrowerjourney.session.session;

import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.session.testing.Gate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What keeps an instance at a point until it is killed there. */
final class Crash implements AutoCloseable {

    private final TestDatabase database;
    private final JdbcClient superuser;
    private final List<Connection> locks = new ArrayList<>();

    Crash(TestDatabase database) {
        this.database = database;
        this.superuser = JdbcClient.create(database.superuser());
    }

    /** Makes a call whose instance is about to die. */
    static void dying(Runnable call) {
        Thread.startVirtualThread(() -> {
            try {
                call.run();
            } catch (RuntimeException | AssertionError _) {
                // Its answer never comes.
            }
        });
    }

    /** Makes such a call, and waits until it is held there. */
    static Gate reached(Gate gate, Runnable call) {
        dying(call);
        gate.awaitReached();
        return gate;
    }

    /** Takes a lock until the end. */
    void lock(String sql) {
        try {
            var connection = database.as("bj_session").getConnection();
            locks.add(connection);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitWaiting(String statement) {
        await().atMost(Duration.ofMinutes(1)).until(() -> waiting(statement));
    }

    /** Statements of a dead process would still be carried out once their locks are free. */
    @Override
    public void close() {
        superuser.sql("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE usename = 'bj_session' AND wait_event_type = 'Lock'
                        """).query().listOfRows();
        await().atMost(Duration.ofMinutes(1)).until(() -> !waiting(""));
        for (var lock : locks) {
            try (lock) {
                lock.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean waiting(String statement) {
        return superuser
                .sql("""
                        SELECT count(*) > 0 FROM pg_stat_activity
                        WHERE usename = 'bj_session' AND wait_event_type = 'Lock' AND query LIKE ?
                        """)
                .param("%" + statement + "%")
                .query(Boolean.class)
                .single();
    }
}

package dev.borrowerjourney.notifier.notification;

import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table that nobody gets at, so that whoever needs it stands still at this point of its work. */
final class HeldTable implements AutoCloseable {

    private final Connection holder;
    private final JdbcClient server = JdbcClient.create(TestDatabase.shared().superuser());
    private final String statement;

    private HeldTable(Connection holder, String statement) {
        this.holder = holder;
        this.statement = statement;
    }

    /**
     * @param statement how the statement begins that is to be waited for
     */
    static HeldTable of(String table, String statement) throws SQLException {
        var connection = TestDatabase.shared().superuser().getConnection();
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("LOCK TABLE notification." + table + " IN ACCESS EXCLUSIVE MODE");
        }
        return new HeldTable(connection, statement);
    }

    void awaitWaiter() {
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        server.sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND usename = 'bj_notifier' AND ltrim(query, E' \\n') LIKE ?
                        """).param(statement + "%").query(Long.class).single() > 0);
    }

    /** Lets go, but not to those who waited: a server goes on for a client that was killed. */
    @Override
    public void close() throws SQLException {
        server.sql("""
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND usename = 'bj_notifier'
                        """).query(Long.class).single();
        holder.rollback();
        holder.close();
    }
}

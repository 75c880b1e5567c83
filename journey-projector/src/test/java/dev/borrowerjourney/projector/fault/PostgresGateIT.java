package dev.borrowerjourney.projector.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresGateIT {

    private static final TestDatabase DATABASE = TestDatabase.shared();

    final PostgresGate gate = new PostgresGate(DATABASE.port());
    Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + gate.port() + "/borrower_journey?prepareThreshold=0",
                "postgres",
                null);
        execute("CREATE TABLE IF NOT EXISTS gate_test (entry text)");
        execute("DELETE FROM gate_test");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        gate.close();
    }

    @Test
    void losesCommitItself() throws SQLException {
        execute("INSERT INTO gate_test VALUES ('other')");
        connection.commit();
        var caught = gate.loseCommit("INSERT INTO gate_test");
        execute("SELECT 1");
        connection.commit();

        execute("INSERT INTO gate_test VALUES ('lost')");
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

        caught.await();
        assertThat(entries()).isEqualTo("other");
    }

    @Test
    void losesAnswerOfCommit() throws SQLException {
        var caught = gate.loseAnswerOfCommit("INSERT INTO gate_test");

        execute("INSERT INTO gate_test VALUES ('kept')");
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

        caught.await();
        assertThat(entries()).isEqualTo("kept");
    }

    @Test
    void holdsStatement() throws SQLException {
        var caught = gate.hold("'held'");
        var insert = CompletableFuture.runAsync(() -> {
            try {
                execute("INSERT INTO gate_test VALUES ('held')");
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        caught.await();
        assertThat(entries()).isEmpty();
        caught.release();
        insert.join();

        assertThat(entries()).isEqualTo("held");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String entries() throws SQLException {
        try (var direct = DATABASE.superuser().getConnection();
                var statement = direct.createStatement();
                var result = statement.executeQuery("SELECT coalesce(string_agg(entry, ' '), '') FROM gate_test")) {
            result.next();
            return result.getString(1);
        }
    }
}

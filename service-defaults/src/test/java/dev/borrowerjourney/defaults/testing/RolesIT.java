package dev.borrowerjourney.defaults.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesIT {

    final TestDatabase database = TestDatabase.shared();

    /** Without both, a fault test would pass on a database that loses what it committed. */
    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void keepsWhatItCommits(String setting) throws SQLException {
        assertThat(ask(database.superuser(), "SHOW " + setting)).isEqualTo("on");
    }

    @ParameterizedTest
    @CsvSource({"bj_session, session", "bj_projector, journey", "bj_notifier, notification"})
    void letsEachOwnerMakeTablesInItsOwnSchemaAlone(String role, String schema) throws SQLException {
        var table = "t_" + UUID.randomUUID().toString().replace("-", "");
        execute(database.as(role), "CREATE TABLE " + table + " (id int)");

        assertThat(ask(database.superuser(), "SELECT schemaname FROM pg_tables WHERE tablename = '" + table + "'"))
                .isEqualTo(schema);
        for (String other : List.of("session", "journey", "notification", "public")) {
            if (!other.equals(schema)) {
                assertThatThrownBy(
                                () -> execute(database.as(role), "CREATE TABLE " + other + "." + table + " (id int)"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bj_session", "bj_notifier"})
    void letsReadersSeeGrantedViewsAndNothingBelowThem(String role) throws SQLException {
        var name = UUID.randomUUID().toString().replace("-", "");
        execute(database.as("bj_projector"), "CREATE TABLE t_" + name + " AS SELECT 7 AS id");
        execute(database.as("bj_projector"), "CREATE VIEW v_" + name + " AS SELECT id FROM t_" + name);
        execute(database.as("bj_projector"), "GRANT SELECT ON v_" + name + " TO bj_journey_reader");

        assertThat(ask(database.as(role), "SELECT id FROM journey.v_" + name)).isEqualTo("7");
        assertThatThrownBy(() -> ask(database.as(role), "SELECT id FROM journey.t_" + name))
                .hasMessageContaining("permission denied");
    }

    @Test
    void runsRolesAgainWithoutChangingThem() throws Exception {
        var sql = Files.readString(Path.of(System.getProperty("roles.sql", "")));

        execute(database.superuser(), sql);
        execute(database.superuser(), sql);

        assertThat(ask(database.as("bj_session"), "SELECT current_user")).isEqualTo("bj_session");
        assertThat(ask(database.as("bj_session"), "SHOW search_path")).isEqualTo("session");
    }

    @Test
    void asksForPasswords() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "bj_session", "wrong")
                        .close())
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "bj_journey_reader", "any")
                        .close())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void writesPasswordForItsOwnerAlone(@TempDir Path secrets) throws Exception {
        database.writePassword("bj_notifier", secrets);
        database.writePassword("bj_notifier", secrets);

        var file = secrets.resolve("database/password");
        assertThat(Files.readString(file, UTF_8)).isEqualTo(database.passwordOf("bj_notifier"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}

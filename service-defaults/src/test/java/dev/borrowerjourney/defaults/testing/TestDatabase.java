package dev.borrowerjourney.defaults.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on a free loopback port that keeps what it commits, with the roles and schemas of
 * {@code deploy/postgresql/roles.sql} and passwords that are asked for.
 */
public final class TestDatabase implements AutoCloseable {

    private static final String DATABASE = "borrower_journey";
    private static final String SUPERUSER = "postgres";
    private static final List<String> ROLES = List.of("bj_session", "bj_projector", "bj_notifier");
    private static final String HOST_BASED_AUTHENTICATION = """
            local all all trust
            host all postgres all trust
            host all all all scram-sha-256
            """;

    private final EmbeddedPostgres postgres;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    private TestDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts a database of its own, for tests that break it or need it empty. */
    public static TestDatabase start() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setPort(FreePort.next())
                    // The embedded server is lazy about disks unless told otherwise, which hides losses.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "64MB")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
            var database = new TestDatabase(postgres);
            database.prepare();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one database of this JVM, stopped with it; tests keep apart by ids of their own. */
    public static TestDatabase shared() {
        return Shared.DATABASE;
    }

    /** Its processes, which have to run now; leave those of the shared one alone. */
    public DatabaseServer server() {
        return new DatabaseServer(this, Path.of(shown("data_directory")));
    }

    /** JDBC URL without user and password. */
    public String url() {
        return urlOf(DATABASE);
    }

    public int port() {
        return postgres.getPort();
    }

    public String passwordOf(String role) {
        return Objects.requireNonNull(
                passwords.get(role), () -> role + " has no password (expected one of: " + ROLES + ")");
    }

    /** Gives a role another password, as an operator does who rotates it; existing connections stay. */
    public void setPassword(String role, String password) {
        execute(superuser(), "ALTER ROLE " + role + " PASSWORD '" + password.replace("'", "''") + "'");
        passwords.put(role, password);
    }

    /** Writes {@code database/password} of a role into a secrets directory, readable by its owner alone. */
    public void writePassword(String role, Path secretsDirectory) {
        try {
            var file = secretsDirectory.resolve("database/password");
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, passwordOf(role));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections of a role; each call to {@code getConnection} opens a new one. */
    public DataSource as(String role) {
        return dataSource(DATABASE, role, passwordOf(role));
    }

    public DataSource superuser() {
        return dataSource(DATABASE, SUPERUSER, null);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() throws IOException {
        var server = dataSource(SUPERUSER, SUPERUSER, null);
        execute(server, "CREATE DATABASE " + DATABASE);
        execute(superuser(), Files.readString(rolesSql()));
        for (String role : ROLES) {
            setPassword(role, randomPassword());
        }
        askForPasswords();
    }

    void awaitAnswer() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            execute(superuser(), "SELECT 1");
            return true;
        });
    }

    private void askForPasswords() throws IOException {
        Files.writeString(Path.of(shown("hba_file")), HOST_BASED_AUTHENTICATION);
        execute(superuser(), "SELECT pg_reload_conf()");
    }

    private String shown(String setting) {
        try (var connection = superuser().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SHOW " + setting)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource dataSource(String database, String user, @Nullable String password) {
        var source = new PGSimpleDataSource();
        source.setURL(urlOf(database));
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    private static void execute(DataSource source, String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path rolesSql() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("roles.sql"),
                "system property roles.sql: missing (expected: the path of deploy/postgresql/roles.sql)"));
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static final class Shared {
        static final TestDatabase DATABASE = start();
    }
}

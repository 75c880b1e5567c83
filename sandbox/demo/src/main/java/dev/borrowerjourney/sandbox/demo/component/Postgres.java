package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.StopSignal;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import dev.borrowerjourney.sandbox.demo.start.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A PostgreSQL server with its durability on, and the databases and roles in it. */
final class Postgres {

    static final String PART = "postgresql";
    static final String ROLES = "database-roles";
    static final String DATABASE = "borrower_journey";
    static final String REGISTRY_DATABASE = "registry";
    static final String REGISTRY_ROLE = "registry";
    static final String OPERATOR = "operator";

    private final Layout layout;
    private final Ports ports;
    private final SandboxSecrets secrets;

    Postgres(Layout layout, Ports ports, SandboxSecrets secrets) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
    }

    List<Part> parts() {
        return List.of(
                new Part.Server(
                        PART,
                        List.of(),
                        this::prepare,
                        () -> connect("postgres").close(),
                        StopSignal.INT),
                new Part.Task(ROLES, List.of(PART), _ -> makeDatabases()));
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + ports.of(Port.POSTGRES) + "/" + database;
    }

    private Launch prepare(Supervisor supervisor) throws IOException, InterruptedException {
        var programs = PostgresPrograms.unpackedTo(layout.tools());
        if (!Files.exists(directory())) {
            initialise(programs, supervisor);
        }
        var command = programs.command(
                "postgres",
                "-D",
                directory().toString(),
                "-p",
                Integer.toString(ports.of(Port.POSTGRES)),
                "-c",
                "config_file=" + settingsFile());
        OwnFiles.write(settingsFile(), settings());
        return new Launch(PART, command, layout.data(), log());
    }

    private void initialise(PostgresPrograms programs, Supervisor supervisor) throws IOException, InterruptedException {
        OwnFiles.directory(layout.data());
        // Beside the place where it is to be: an initialisation that was cut short is no database.
        var unfinished = layout.data().resolve("postgresql.unfinished");
        OwnFiles.deleteTree(unfinished);
        var command = programs.command(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + OPERATOR,
                "--auth=scram-sha-256",
                "--pwfile=" + secrets.operatorPasswordFile(),
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        supervisor.runToEnd(
                new Launch("initdb", command, layout.data(), layout.logs().resolve("initdb.log")));
        Files.move(unfinished, directory());
    }

    private String settings() {
        return """
                # Written anew at every start.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                data_directory = '%1$s'
                hba_file = '%1$s/pg_hba.conf'
                ident_file = '%1$s/pg_ident.conf'
                password_encryption = 'scram-sha-256'
                max_connections = 100
                shared_buffers = '256MB'
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                # For the operator's page, which tells when each version was committed.
                track_commit_timestamp = on
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                """.formatted(directory());
    }

    private void makeDatabases() throws SQLException, IOException {
        try (var server = connect("postgres");
                var statement = server.createStatement()) {
            makeRole(server, REGISTRY_ROLE);
            statement.execute(password(server, REGISTRY_ROLE, "registry"));
            makeDatabase(server, REGISTRY_DATABASE, REGISTRY_ROLE);
            makeDatabase(server, DATABASE, OPERATOR);
        }
        try (var database = connect(DATABASE);
                var statement = database.createStatement()) {
            statement.execute(Files.readString(layout.built("deploy/postgresql/roles.sql")));
            for (var role : SandboxSecrets.DATABASE_ROLES.entrySet()) {
                statement.execute(password(database, role.getValue(), role.getKey()));
            }
        }
    }

    private static void makeRole(Connection server, String role) throws SQLException {
        if (!exists(server, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            try (var statement = server.createStatement()) {
                statement.execute("CREATE ROLE " + role + " LOGIN");
            }
        }
    }

    private static void makeDatabase(Connection server, String name, String owner) throws SQLException {
        if (!exists(server, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            try (var statement = server.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + owner);
            }
        }
    }

    private static boolean exists(Connection server, String query, String name) throws SQLException {
        try (var statement = server.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private String password(Connection connection, String role, String process) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT format('ALTER ROLE %I PASSWORD %L', ?, ?)")) {
            statement.setString(1, role);
            statement.setString(2, secrets.databasePassword(process));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                url(database) + "?connectTimeout=5&socketTimeout=60&ApplicationName=sandbox-demo",
                OPERATOR,
                secrets.databasePassword("operator"));
    }

    private Path directory() {
        return layout.data().resolve("postgresql");
    }

    private Path settingsFile() {
        return layout.settings().resolve("postgresql/postgresql.conf");
    }

    private Path log() {
        return layout.logs().resolve(PART + ".log");
    }
}

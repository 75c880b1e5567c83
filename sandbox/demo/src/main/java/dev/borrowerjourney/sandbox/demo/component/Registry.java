package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.sandbox.demo.process.JavaCommand;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Apicurio Registry, stored in PostgreSQL, and the schemas of the contract in it. */
final class Registry {

    static final String PART = "registry";
    static final String SCHEMAS = "schemas";

    private final Layout layout;
    private final Ports ports;
    private final SandboxSecrets secrets;
    private final Postgres postgres;

    Registry(Layout layout, Ports ports, SandboxSecrets secrets, Postgres postgres) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
        this.postgres = postgres;
    }

    List<Part> parts() {
        var ready = Probe.http(ports.managementUrl(Port.REGISTRY) + "/health/ready");
        return List.of(
                new Part.Server(PART, List.of(Postgres.ROLES), this::prepare, ready),
                new Part.Task(SCHEMAS, List.of(PART), this::register));
    }

    /** The Confluent-compatible API. */
    String url() {
        return ports.url(Port.REGISTRY) + "/apis/ccompat/v7";
    }

    private Launch prepare(Supervisor supervisor) throws IOException {
        OwnFiles.write(directory().resolve("config/application.properties"), settings());
        var command = JavaCommand.withHeap(192).jar(layout.built("schemas/target/registry/quarkus-run.jar"));
        return new Launch(PART, command, directory(), layout.logs().resolve(PART + ".log"));
    }

    /** Read from the working directory, so that the password is on no command line. */
    private String settings() {
        return """
                quarkus.http.host=127.0.0.1
                quarkus.http.port=%1$d
                quarkus.management.host=127.0.0.1
                quarkus.management.port=%2$d
                apicurio.rules.global.compatibility=FULL_TRANSITIVE
                apicurio.storage.kind=sql
                apicurio.storage.sql.kind=postgresql
                apicurio.datasource.url=%3$s
                apicurio.datasource.username=%4$s
                apicurio.datasource.password=%5$s
                apicurio.datasource.jdbc.initial-size=1
                apicurio.datasource.jdbc.min-size=1
                apicurio.datasource.jdbc.max-size=5
                """.formatted(
                        ports.of(Port.REGISTRY),
                        ports.second(Port.REGISTRY),
                        postgres.url(Postgres.REGISTRY_DATABASE),
                        Postgres.REGISTRY_ROLE,
                        secrets.databasePassword("registry"));
    }

    private void register(Supervisor supervisor) throws InterruptedException {
        var command = JavaCommand.withHeap(96)
                .jar(
                        layout.built("schemas/target/schemas-registration.jar"),
                        "register",
                        "--apply",
                        "--registry",
                        url());
        supervisor.runToEnd(
                new Launch(SCHEMAS, command, directory(), layout.logs().resolve("schemas.log")));
    }

    private Path directory() {
        return layout.settings().resolve("registry");
    }
}

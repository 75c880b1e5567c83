package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.place.PushCredentials;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.sandbox.demo.process.RunFile;
import dev.borrowerjourney.sandbox.demo.process.Running;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.Progress;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import dev.borrowerjourney.sandbox.demo.start.Starter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole product on this machine. {@link #start} returns once everything is ready; {@link #close} may be called from
 * another thread at any moment, also during the start, and leaves no process.
 */
public final class Demo implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Layout layout;
    private final Ports ports;
    private final SandboxSecrets secrets;
    private final RunFile runFile;
    private final Supervisor supervisor;
    private final Postgres postgres;
    private final Broker broker;
    private final Registry registry;
    private final Services services;
    private final List<Part> others = new ArrayList<>();

    public Demo(Layout layout, Ports ports) {
        this(layout, ports, Jvms.small());
    }

    public Demo(Layout layout, Ports ports, Jvms jvms) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = new SandboxSecrets(layout.secrets());
        this.runFile = new RunFile(layout.runFile());
        this.supervisor = new Supervisor(runFile);
        this.postgres = new Postgres(layout, ports, secrets);
        this.broker = new Broker(layout, ports, jvms);
        this.registry = new Registry(layout, ports, secrets, postgres);
        this.services = new Services(layout, ports, jvms, secrets, postgres, broker, registry);
    }

    /** The demo that runs in this directory now, if one is ready. */
    public static Optional<DemoFile> running(Layout layout) throws IOException {
        return new RunFile(layout.runFile()).launcher().isPresent() && Files.exists(layout.demoFile())
                ? Optional.of(JSON.readValue(Files.readString(layout.demoFile()), DemoFile.class))
                : Optional.empty();
    }

    /**
     * Ends what a killed launcher left behind.
     *
     * @return names and pids of what was ended
     * @throws StartFailed if a launcher with the same target directory runs
     */
    public List<String> takeOver() {
        runFile.launcher().ifPresent(launcher -> {
            throw new StartFailed("a demo runs already (pid " + launcher.pid() + "): stop it first", null);
        });
        return runFile.endLeftovers();
    }

    /** Has session-service reach the platform by another address than its own; before the start. */
    public void platformAt(String url) {
        services.platformAt(url);
    }

    /** Deletes data and secrets. */
    public void beginAnew() throws IOException {
        OwnFiles.deleteTree(layout.data());
        OwnFiles.deleteTree(layout.secrets());
    }

    /**
     * Starts the named parts and what they need, or everything if none is named.
     *
     * @throws StartFailed with the reason; what was started is still to be closed
     */
    public void start(List<String> only, Progress progress) throws IOException {
        var taken = ports.taken();
        if (!taken.isEmpty()) {
            throw new StartFailed(String.join("\n", taken), null);
        }
        runFile.open();
        // A killed launcher leaves it, and whoever finds it takes its demo for ready.
        Files.deleteIfExists(layout.demoFile());
        OwnFiles.directory(layout.target());
        new DataFormat(layout, Services.jarsWithMigrations(layout)).check();
        secrets.generate();
        var chosen = chosen(only);
        // Not for drills and benches that push nothing: the certificate takes keytool a second.
        if (chosen.stream().map(Part::name).anyMatch(Services.PUSHING::contains)) {
            new PushCredentials(secrets).generate(ports.url(Port.PUSH_INBOX) + "/token");
        }
        new Starter(supervisor, progress).start(chosen);
        tell();
    }

    /** Waits for the next process that dies without being asked. */
    public Running awaitDeath() throws InterruptedException {
        return supervisor.awaitDeath();
    }

    /** Whether a part can be started again while the others go on: it keeps what matters on disk or elsewhere. */
    public boolean comesBack(String part) {
        return services.parts().stream().anyMatch(each -> each.name().equals(part));
    }

    public List<Running> running() {
        return supervisor.running();
    }

    /** The process of a part that runs. */
    public Running running(String part) {
        return running().stream()
                .filter(each -> each.name().equals(part))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(part + ": does not run"));
    }

    /** Ends one process by SIGKILL, while the others go on. */
    public void kill(String part) {
        supervisor.kill(running(part));
    }

    /**
     * Asks one process to end, while the others go on.
     *
     * @return the code that it ended with
     */
    public int end(String part) {
        return supervisor.end(running(part));
    }

    /** Starts a part again that has ended; returns once it is ready. */
    public void startAgain(String part) {
        new Starter(supervisor, (_, _) -> {}).startAgain(parts(), part);
    }

    /** Writes {@code demo.json}, for all who look for processes and addresses. */
    public void tell() throws IOException {
        OwnFiles.write(layout.demoFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file()) + "\n");
    }

    /** Starts one more instance of journey-projector on free ports, as a part of this name; returns once it is ready. */
    public void startAnotherProjector(String name) {
        others.add(services.anotherProjector(name, Ports.free()));
        startAgain(name);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(layout.demoFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            supervisor.close();
        }
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.addAll(postgres.parts());
        parts.addAll(broker.parts());
        parts.addAll(registry.parts());
        parts.addAll(new KafkaTopics(broker).parts());
        parts.addAll(services.parts());
        parts.addAll(others);
        return parts;
    }

    private List<Part> chosen(List<String> only) {
        var all = parts();
        var names = all.stream().map(Part::name).toList();
        for (var name : only) {
            if (!names.contains(name)) {
                throw new StartFailed("part: " + name + " (expected: one of " + names + ")", null);
            }
        }
        Set<String> wanted = new HashSet<>(only.isEmpty() ? names : only);
        // From the last to the first: a part comes after all that it needs.
        for (var part : all.reversed()) {
            if (wanted.contains(part.name())) {
                wanted.addAll(part.after());
            }
        }
        return all.stream().filter(part -> wanted.contains(part.name())).toList();
    }

    /** What {@code demo.json} says. */
    public DemoFile file() {
        return new DemoFile(
                1,
                Instant.now(),
                layout.data().toString(),
                new DemoFile.Urls(
                        ports.url(Port.EDGE),
                        ports.url(Port.SESSION),
                        ports.url(Port.INGEST),
                        ports.url(Port.PROJECTOR),
                        ports.url(Port.NOTIFIER),
                        ports.url(Port.PLATFORM),
                        ports.url(Port.PLATFORM) + "/admin",
                        ports.url(Port.PUSH_INBOX),
                        ports.url(Port.OPERATOR),
                        registry.url()),
                new DemoFile.Management(
                        management(Port.SESSION),
                        management(Port.INGEST),
                        management(Port.PROJECTOR),
                        management(Port.NOTIFIER)),
                new DemoFile.Kafka(broker.bootstrapServers()),
                new DemoFile.PostgresAddress(
                        "127.0.0.1",
                        ports.of(Port.POSTGRES),
                        Postgres.DATABASE,
                        new DemoFile.Operator(Postgres.OPERATOR, secrets.databasePassword("operator"))),
                new DemoFile.Platform(
                        SandboxSecrets.TENANT_ID,
                        SandboxSecrets.APPLICATION_ID,
                        secrets.apiKey(),
                        SandboxSecrets.WEBHOOK_SECRET_ID,
                        secrets.webhookSecret()),
                new DemoFile.Identity(
                        services.issuer(), services.jwksUri(), services.issuer() + "/token", Services.AUDIENCE, "sub"),
                supervisor.running().stream()
                        .map(each -> new DemoFile.ProcessEntry(
                                each.name(), each.pid(), each.log().toString()))
                        .toList());
    }

    private String management(Port port) {
        return ports.managementUrl(port) + "/actuator";
    }
}

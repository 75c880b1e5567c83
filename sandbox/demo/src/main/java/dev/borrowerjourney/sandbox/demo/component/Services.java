package dev.borrowerjourney.sandbox.demo.component;

import static dev.borrowerjourney.sandbox.demo.place.SandboxSecrets.APPLICATION_ID;
import static dev.borrowerjourney.sandbox.demo.place.SandboxSecrets.TENANT_ID;

import dev.borrowerjourney.sandbox.demo.edge.Edge;
import dev.borrowerjourney.sandbox.demo.inbox.PushInbox;
import dev.borrowerjourney.sandbox.demo.operator.OperatorPage;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.place.PushCredentials;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The four services, the platform that they talk to, and the one origin in front of them. */
final class Services {

    static final String PLATFORM = "platform";
    static final String SESSION = "session-service";
    static final String INGEST = "webhook-ingest-service";
    static final String PROJECTOR = "journey-projector";
    static final String NOTIFIER = "notifier-service";
    static final String EDGE = "edge";
    static final String PUSH_INBOX = "push-inbox";
    static final String OPERATOR_PAGE = "operator-page";

    /** Those that need credentials of push services. */
    static final List<String> PUSHING = List.of(NOTIFIER, PUSH_INBOX);

    static final String AUDIENCE = "borrower-journey";

    private static final List<String> EVENTS = List.of(KafkaTopics.PART, Registry.SCHEMAS);
    private static final List<String> BOTH = List.of(Postgres.ROLES, KafkaTopics.PART, Registry.SCHEMAS);

    private final Layout layout;
    private final Ports ports;
    private final Jvms jvms;
    private final SandboxSecrets secrets;
    private final Postgres postgres;
    private final Broker broker;
    private final Registry registry;
    private String platformUrl;

    Services(
            Layout layout,
            Ports ports,
            Jvms jvms,
            SandboxSecrets secrets,
            Postgres postgres,
            Broker broker,
            Registry registry) {
        this.layout = layout;
        this.ports = ports;
        this.jvms = jvms;
        this.secrets = secrets;
        this.postgres = postgres;
        this.broker = broker;
        this.registry = registry;
        this.platformUrl = ports.url(Port.PLATFORM);
    }

    /** Has the platform reached by another address. */
    void platformAt(String url) {
        platformUrl = url;
    }

    List<Part> parts() {
        return List.of(platform(), edge(), pushInbox(), operatorPage(), ingest(), projector(), notifier(), session());
    }

    /** The jars whose migrations the kept data depends on. */
    static List<Path> jarsWithMigrations(Layout layout) {
        return List.of(jar(layout, SESSION), jar(layout, PROJECTOR), jar(layout, NOTIFIER));
    }

    String issuer() {
        return ports.url(Port.PLATFORM) + "/identity";
    }

    String jwksUri() {
        return issuer() + "/jwks.json";
    }

    private Part platform() {
        return process(PLATFORM, Port.PLATFORM)
                .with(
                        "sandbox.platform.data-directory",
                        layout.data().resolve(PLATFORM).toString())
                .with(
                        "sandbox.platform.secrets-directory",
                        secrets.directory(PLATFORM).toString())
                .with(
                        "sandbox.platform.partner-secrets-directory",
                        secrets.directory(INGEST).toString())
                .with("sandbox.platform.applications[0].tenant-id", TENANT_ID)
                .with("sandbox.platform.applications[0].application-id", APPLICATION_ID)
                .with("sandbox.platform.issuer", issuer())
                .with("sandbox.platform.audience", AUDIENCE)
                .service(List.of(), 128, layout.built("sandbox/platform/target/sandbox-platform.jar"));
    }

    private Part ingest() {
        return events(process(INGEST, Port.INGEST))
                .with("ingest.secrets-directory", secrets.directory(INGEST).toString())
                .with("ingest.applications[0].tenant-id", TENANT_ID)
                .with("ingest.applications[0].application-id", APPLICATION_ID)
                .service(EVENTS, 192, jar(layout, INGEST));
    }

    private Part projector() {
        return projector(process(PROJECTOR, Port.PROJECTOR));
    }

    /** One more instance of journey-projector, under another name and on other ports. */
    Part anotherProjector(String name, Ports others) {
        return projector(new SpringProcess(layout, others, jvms, name, Port.PROJECTOR));
    }

    private Part projector(SpringProcess process) {
        return database(events(process))
                .with(
                        "projector.secrets-directory",
                        secrets.directory(PROJECTOR).toString())
                .service(BOTH, 192, jar(layout, PROJECTOR));
    }

    private Part notifier() {
        return identity("notifier", database(events(process(NOTIFIER, Port.NOTIFIER))))
                .with("notifier.secrets-directory", secrets.directory(NOTIFIER).toString())
                .with("notifier.applications[0].application-id", APPLICATION_ID)
                // Browsers' own push services stay allowed: who allows a real one pushes is really told.
                .with("notifier.devices.allow-plain-http", "true")
                .with("notifier.push.allow-plain-http", "true")
                .with("notifier.push.web-push.contact", "mailto:sandbox@borrower-journey.example")
                .with("notifier.push.fcm.base-url", ports.url(Port.PUSH_INBOX))
                .with("notifier.push.apns.host", "127.0.0.1")
                .with("notifier.push.apns.port", Integer.toString(ports.second(Port.PUSH_INBOX)))
                .with(
                        "notifier.push.apns.trusted-certificates",
                        new PushCredentials(secrets).certificate().toString())
                .service(after(BOTH, PLATFORM), 192, jar(layout, NOTIFIER));
    }

    private Part session() {
        return identity("session", database(events(process(SESSION, Port.SESSION))))
                .with("session.secrets-directory", secrets.directory(SESSION).toString())
                .with("platform.base-url", platformUrl)
                .with("platform.allow-plain-http", "true")
                .with("platform.applications[0].tenant-id", TENANT_ID)
                .with("platform.applications[0].application-id", APPLICATION_ID)
                .with("platform.applications[0].callback-url", ports.url(Port.INGEST) + "/webhooks/journey-snapshots")
                // Soon enough for whoever tries what happens when somebody else changes the subscription.
                .with("session.subscription.interval", "5s")
                // Ready means that webhooks flow, so it waits until the platform knows where to.
                .readyWith("webhooks")
                .service(after(BOTH, PLATFORM), 192, jar(layout, SESSION));
    }

    private Part edge() {
        return process(EDGE, Port.EDGE)
                .with("edge.session", ports.url(Port.SESSION))
                .with("edge.notifier", ports.url(Port.NOTIFIER))
                .with("edge.identity", ports.url(Port.PLATFORM))
                .with("edge.page", layout.built("sandbox/borrower-page").toUri().toString())
                .main(List.of(), 128, classPath(layout), Edge.class);
    }

    private Part pushInbox() {
        var command = jvms.of(PUSH_INBOX, 48)
                .main(
                        classPath(layout),
                        PushInbox.class.getName(),
                        Integer.toString(ports.of(Port.PUSH_INBOX)),
                        Integer.toString(ports.second(Port.PUSH_INBOX)),
                        new PushCredentials(secrets).keyStore().toString());
        var launch =
                new Launch(PUSH_INBOX, command, layout.secrets(), layout.logs().resolve(PUSH_INBOX + ".log"));
        return new Part.Server(PUSH_INBOX, List.of(), _ -> launch, Probe.http(ports.url(Port.PUSH_INBOX) + "/pushes"));
    }

    /** Needs nobody to be there: it waits for the file that tells that the demo is ready. */
    private Part operatorPage() {
        var command = jvms.of(OPERATOR_PAGE, 96)
                .with("-Dlogback.configurationFile=launcher-logback.xml")
                .main(
                        classPath(layout),
                        OperatorPage.class.getName(),
                        Integer.toString(ports.of(Port.OPERATOR)),
                        layout.demoFile().toString(),
                        layout.built("sandbox/operator-page").toString());
        var launch = new Launch(
                OPERATOR_PAGE, command, layout.settings(), layout.logs().resolve(OPERATOR_PAGE + ".log"));
        return new Part.Server(OPERATOR_PAGE, List.of(), _ -> launch, Probe.http(ports.url(Port.OPERATOR) + "/"));
    }

    /** What launcher, edge, push inbox and operator's page run from. */
    private static String classPath(Layout layout) {
        return layout.built("sandbox/demo/target/sandbox-demo.jar") + ":" + layout.built("sandbox/demo/target/lib")
                + "/*";
    }

    private SpringProcess process(String name, Port port) {
        return new SpringProcess(layout, ports, jvms, name, port);
    }

    private SpringProcess events(SpringProcess process) {
        return process.with("spring.kafka.bootstrap-servers", broker.bootstrapServers())
                .with("spring.kafka.properties.schema.registry.url", registry.url());
    }

    private SpringProcess database(SpringProcess process) {
        return process.with("spring.datasource.url", postgres.url(Postgres.DATABASE));
    }

    private SpringProcess identity(String prefix, SpringProcess process) {
        return process.with(prefix + ".identity.issuer", issuer())
                .with(prefix + ".identity.jwks-uri", jwksUri())
                .with(prefix + ".identity.audience", AUDIENCE)
                .with(prefix + ".identity.allow-plain-http", "true");
    }

    private static Path jar(Layout layout, String service) {
        return layout.built(service + "/target/" + service + ".jar");
    }

    private static List<String> after(List<String> parts, String... more) {
        return Stream.concat(parts.stream(), Stream.of(more)).toList();
    }
}

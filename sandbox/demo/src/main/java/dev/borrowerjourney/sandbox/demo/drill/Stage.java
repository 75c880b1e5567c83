package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.demo.bench.ProcessUsage;
import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.load.delivery.Sender;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import dev.borrowerjourney.sandbox.load.verification.KafkaRecordIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The receiver and what it needs, running as processes, and what a drill may do to them. */
final class Stage implements AutoCloseable {

    static final String SERVICE = "webhook-ingest-service";
    static final String BROKER = "broker";

    private static final int BORROWERS = 10_000;
    private static final Duration READING = Duration.ofMinutes(3);

    private final Demo demo;
    private final DemoFile file;
    private final URI url;
    private final HttpManagement management;
    private final WebhookSecrets secrets;

    private Stage(Demo demo, Layout layout) {
        this.demo = demo;
        this.file = demo.file();
        this.url = URI.create(file.urls().ingest());
        this.management = new HttpManagement(file.management().ingest());
        this.secrets = new WebhookSecrets(layout, file.platform().webhookSecret());
    }

    /** Starts everything anew, without data of earlier drills. */
    static Stage start(Layout layout, Ports ports) throws IOException, SQLException {
        var demo = new Demo(layout, ports);
        demo.takeOver();
        demo.beginAnew();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
        try {
            demo.start(List.of(SERVICE), (_, _) -> {});
            PostgresDurability.check(demo.file().postgres());
            return new Stage(demo, layout);
        } catch (IOException | SQLException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    InetSocketAddress receiver() {
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    SnapshotRequests requests(long seed) {
        return new SnapshotRequests(sender(), url.getAuthority(), seed, BORROWERS);
    }

    Sender sender() {
        return new Sender(
                UUID.fromString(file.platform().tenantId()),
                UUID.fromString(file.platform().applicationId()));
    }

    HttpManagement service() {
        return management;
    }

    WebhookSecrets secrets() {
        return secrets;
    }

    KafkaSnapshotTimes times() {
        return new KafkaSnapshotTimes(
                file.kafka().bootstrapServers(), file.urls().schemaRegistry());
    }

    /** The ids of all records that readers work on. */
    Ids records() {
        return read(TopicCatalogue.JOURNEY_SNAPSHOTS);
    }

    /** The ids of all that was set aside. */
    Ids quarantined() {
        return read(TopicCatalogue.QUARANTINE);
    }

    private Ids read(String topic) {
        return new KafkaRecordIds(file.kafka().bootstrapServers()).read(topic, READING);
    }

    void kill(String part) {
        demo.kill(part);
    }

    /**
     * Asks a part to end and waits for it.
     *
     * @return the code that it ended with
     */
    int end(String part) {
        return demo.end(part);
    }

    /** Returns once the part is ready. */
    void startAgain(String part) {
        demo.startAgain(part);
    }

    /** Lets a process stand still, as a machine does that is cut off. */
    void pause(String part) throws IOException, InterruptedException {
        signal("STOP", part);
    }

    void resume(String part) throws IOException, InterruptedException {
        signal("CONT", part);
    }

    long residentMegabytes() {
        return ProcessUsage.of(demo.running(SERVICE).pid()).residentMegabytes();
    }

    @Override
    public void close() {
        demo.close();
    }

    private void signal(String signal, String part) throws IOException, InterruptedException {
        var kill = new ProcessBuilder(
                        "sh", "-c", "kill -" + signal + " " + demo.running(part).pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new DrillFailed(part + ": does not take SIG" + signal);
        }
    }
}

package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.JavaCommand;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One Kafka broker that is its own controller. */
final class Broker {

    static final String PART = "broker";

    /** A fixed id: one that is made anew would have to be remembered beside the data that already holds it. */
    private static final String CLUSTER_ID = "c2FuZGJveC1ib3Jyb3dlcg";

    private final Layout layout;
    private final Ports ports;
    private final Jvms jvms;

    Broker(Layout layout, Ports ports, Jvms jvms) {
        this.layout = layout;
        this.ports = ports;
        this.jvms = jvms;
    }

    List<Part> parts() {
        return List.of(new Part.Server(PART, List.of(), this::prepare, Probe.tcp(ports.of(Port.BROKER))));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.of(Port.BROKER);
    }

    private Launch prepare(Supervisor supervisor) throws IOException, InterruptedException {
        OwnFiles.write(settingsFile("server.properties"), settings());
        OwnFiles.write(settingsFile("log4j2.properties"), logging());
        if (!Files.exists(directory().resolve("meta.properties"))) {
            supervisor.runToEnd(new Launch("broker-format", format(), layout.data(), log("broker-format")));
        }
        var command = jvms.of(PART, 320)
                .with("-Dlog4j2.configurationFile=" + settingsFile("log4j2.properties"))
                .main(
                        classPath(),
                        "kafka.Kafka",
                        settingsFile("server.properties").toString());
        return new Launch(PART, command, layout.data(), log(PART));
    }

    private List<String> format() {
        return JavaCommand.withHeap(128)
                .with("-Dlog4j2.configurationFile=" + settingsFile("log4j2.properties"))
                .main(
                        classPath(),
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        settingsFile("server.properties").toString());
    }

    private String settings() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENTS://127.0.0.1:%1$d
                listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=CLIENTS
                log.dirs=%3$s
                auto.create.topics.enable=false
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=3
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=3
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # A broker that was killed comes back in 3 s instead of 12.
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                # Soon after its time is over, a dead producer's transaction holds no reader back any more.
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                # How long a dead instance keeps its partitions.
                group.consumer.session.timeout.ms=6000
                group.consumer.min.session.timeout.ms=6000
                group.consumer.heartbeat.interval.ms=1000
                group.consumer.min.heartbeat.interval.ms=1000
                log.cleaner.dedupe.buffer.size=16777216
                num.network.threads=2
                num.io.threads=4
                """.formatted(ports.of(Port.BROKER), ports.second(Port.BROKER), directory());
    }

    private static String logging() {
        return """
                status=error
                appender.console.type=Console
                appender.console.name=console
                appender.console.layout.type=PatternLayout
                appender.console.layout.pattern=%d{ISO8601} %p %c{1} - %m%n
                rootLogger.level=warn
                rootLogger.appenderRef.console.ref=console
                logger.server.name=org.apache.kafka.server
                logger.server.level=info
                """;
    }

    private String classPath() {
        return layout.built("sandbox/demo/broker/target/lib") + "/*";
    }

    private Path directory() {
        return layout.data().resolve("broker");
    }

    private Path settingsFile(String name) {
        return layout.settings().resolve("broker").resolve(name);
    }

    private Path log(String name) {
        return layout.logs().resolve(name + ".log");
    }
}

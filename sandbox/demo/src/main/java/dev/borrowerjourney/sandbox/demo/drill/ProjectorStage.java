package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.demo.bench.JourneyLog;
import dev.borrowerjourney.sandbox.demo.bench.JourneyRows;
import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Two instances of journey-projector and what they need, running as processes. */
final class ProjectorStage implements AutoCloseable {

    static final String FIRST = "journey-projector";
    static final String SECOND = "journey-projector-2";

    private static final String GROUP = "journey-projector";

    private final Demo demo;
    private final DemoFile file;
    private final Admin admin;

    private ProjectorStage(Demo demo) {
        this.demo = demo;
        this.file = demo.file();
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers()));
    }

    /** Starts everything anew, without data of earlier drills. */
    static ProjectorStage start(Layout layout, Ports ports) throws IOException, SQLException {
        var demo = new Demo(layout, ports);
        demo.takeOver();
        demo.beginAnew();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
        try {
            demo.start(List.of(FIRST), (_, _) -> {});
            PostgresDurability.check(demo.file().postgres());
            demo.startAnotherProjector(SECOND);
            return new ProjectorStage(demo);
        } catch (IOException | SQLException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    String brokers() {
        return file.kafka().bootstrapServers();
    }

    ContractSerdes serdes() {
        return ContractSerdes.of(Map.of("schema.registry.url", file.urls().schemaRegistry()));
    }

    void kill(String instance) {
        demo.kill(instance);
    }

    /** Asks an instance to end, as a rollout does, and waits for it. */
    void end(String instance) {
        demo.end(instance);
    }

    /** Returns once the instance is ready. */
    void startAgain(String instance) {
        demo.startAgain(instance);
    }

    /** Records that are not applied and published yet, in all partitions. */
    long waiting() throws ExecutionException, InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        var topic = TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS);
        for (int partition = 0; partition < topic.partitions(); partition++) {
            asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        var committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .mapToLong(end -> {
                    var offset = committed.get(end.getKey());
                    return end.getValue().offset() - (offset == null ? 0 : offset.offset());
                })
                .sum();
    }

    /** What is not in the read model as it must be. */
    List<String> wrong(Map<String, JourneyLog.Expected> expected) throws SQLException {
        var address = file.postgres();
        var url = "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        try (var database = DriverManager.getConnection(
                url, address.operator().user(), address.operator().password())) {
            return JourneyRows.wrong(database, expected);
        }
    }

    @Override
    public void close() {
        admin.close();
        demo.close();
    }
}

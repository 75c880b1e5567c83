package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static dev.borrowerjourney.projector.fault.Ground.done;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** The broker has given an owner another epoch, and the owner hears of it late. */
class StaleEpochIT extends OneOwner {

    /** Longer than a refused publication waits before it is tried again. */
    private static final Duration SEVERAL_TRIES = Duration.ofSeconds(3);

    @Test
    void publishesOnceItHasHeardOfItsEpoch() {
        var held = GROUND.kafka().hold(ApiKeys.CONSUMER_GROUP_HEARTBEAT, owner.clientId());
        held.await();
        int before = epoch();
        try (var member = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            // Of a topic that the owner does not read, so that nothing else changes for it.
            member.subscribe(List.of(TopicCatalogue.JOURNEY_CHANGES));
            await().atMost(PATIENCE).until(() -> {
                member.poll(Duration.ofMillis(50));
                return epoch() > before;
            });
            var unheard = GROUND.kafka().holdAnswer(ApiKeys.CONSUMER_GROUP_HEARTBEAT, owner.clientId());
            held.release();
            unheard.await();

            traffic.send(traffic.journey());
            await().atMost(PATIENCE).until(() -> promises.versionOf(traffic.journey()) == 2);
            await().during(SEVERAL_TRIES).atMost(PATIENCE).until(() -> promises.publishedVersionsOf(traffic.journey())
                    .equals(List.of(1L)));
            unheard.release();
        }

        promises.areKept();
    }

    private static int epoch() {
        var group = done(GROUND.admin()
                        .describeConsumerGroups(List.of(Ground.GROUP))
                        .all())
                .get(Ground.GROUP);
        return Objects.requireNonNull(group).groupEpoch().orElseThrow();
    }

    private static Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers",
                GROUND.broker().bootstrapServers(),
                "client.id",
                "test",
                "group.id",
                Ground.GROUP,
                "group.protocol",
                "consumer",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "latest");
    }
}

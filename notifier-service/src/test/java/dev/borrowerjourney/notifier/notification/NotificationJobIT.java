package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import dev.borrowerjourney.notifier.push.Push;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class NotificationJobIT {

    static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());
    static final ContractSerdes SERDES = ContractSerdes.of(
            Map.of("schema.registry.url", TestRegistry.shared().url()));

    final Scene scene = new Scene();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void sharesTheWorkAndPublishesEachOutcomeOnce() {
        var borrowers = new ArrayList<Samples>();
        for (int i = 0; i < 60; i++) {
            var samples = new Samples();
            scene.register(samples);
            scene.notifications.add(List.of(scene.offersReady(samples, 2)));
            borrowers.add(samples);
        }
        var ids = borrowers.stream()
                .map(samples ->
                        EventIds.change(samples.borrower, samples.journeyId, 2).toString())
                .toList();

        var one = job(new KafkaDeliveries(BROKER, SERDES.serializer()));
        var other = job(new KafkaDeliveries(BROKER, SERDES.serializer()));
        one.start();
        other.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Told.published().stream()
                                    .filter(told -> ids.contains(told.value().getChangeId()))
                                    .count()
                            >= ids.size());
        } finally {
            one.stop();
            other.stop();
        }

        assertThat(scene.sent).extracting(Push::notificationId).doesNotHaveDuplicates();
        assertThat(Told.published())
                .filteredOn(told -> ids.contains(told.value().getChangeId()))
                .hasSize(ids.size())
                .allSatisfy(told -> {
                    assertThat(told.value().getOutcome()).isEqualTo("ACCEPTED");
                    assertThat(told.key()).isEqualTo(told.value().getBorrowerKey());
                    assertThat(EventHeaders.text(told.headers(), EventHeaders.ID))
                            .contains(told.value().getDeliveryId());
                    assertThat(told.value().getDeliveryId())
                            .isEqualTo(EventIds.delivery(
                                            UUID.fromString(told.value().getChangeId()),
                                            told.value().getDeviceId(),
                                            1)
                                    .toString());
                });
    }

    /** As after a kill between the acknowledgement and the note of it: the same id comes twice, none is missing. */
    @Test
    void publishesAgainByTheSameIdWhatItDidNotNote() throws InterruptedException {
        var samples = new Samples();
        var claim = ended(samples);
        var deliveries = new PostgresDeliveries(scene.jdbc, UUID.randomUUID());
        var own = deliveries.unpublished(1_000).stream()
                .filter(attempt -> attempt.deviceId().equals(samples.deviceId))
                .toList();

        try (var topic = new KafkaDeliveries(BROKER, SERDES.serializer())) {
            assertThat(topic.publish(own).acknowledged()).isEqualTo(own);
            assertThat(topic.publish(own).acknowledged()).isEqualTo(own);
        }
        deliveries.published(own);

        assertThat(deliveries.unpublished(1_000)).doesNotContainAnyElementsOf(own);
        assertThat(Told.published())
                .filteredOn(told -> told.value().getDeviceId().equals(samples.deviceId))
                .hasSize(2)
                .extracting(told -> told.value().getDeliveryId())
                .containsOnly(
                        EventIds.delivery(claim.changeId(), samples.deviceId, 1).toString());
    }

    @Test
    void letsOneInstancePublishAtATime() {
        var one = new PostgresDeliveries(scene.jdbc, UUID.randomUUID());
        var other = new PostgresDeliveries(scene.jdbc, UUID.randomUUID());

        assertThat(one.lead(Duration.ofMinutes(1))).isTrue();
        assertThat(one.lead(Duration.ofMinutes(1))).isTrue();
        assertThat(other.lead(Duration.ofMinutes(1))).isFalse();
        one.resign();
        assertThat(other.lead(Duration.ofMillis(1))).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> one.lead(Duration.ofMinutes(1)));
        one.resign();
    }

    /** A rollout while the broker is away must not hold outcomes up for the rest of a lease once it is back. */
    @Test
    void letsOthersPublishAsSoonAsItStopsAmidTrouble() {
        ended(new Samples());
        var asked = new AtomicInteger();
        var stopping = job(new KafkaDeliveries(() -> {
            asked.incrementAndGet();
            throw new KafkaException("the broker is away");
        }));
        stopping.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() > 0);
        stopping.stop();

        var other = new PostgresDeliveries(scene.jdbc, UUID.randomUUID());
        assertThat(other.lead(Duration.ofMinutes(1))).isTrue();
        other.resign();
    }

    /** It would hold up all outcomes of all borrowers for ever. */
    @Test
    void publishesWhatLiesBehindAnOutcomeThatNoTopicTakes() {
        var endless = new Samples();
        var behind = new Samples();
        ended(endless);
        ended(behind);
        scene.jdbc
                .sql("UPDATE notification SET due_at = 'infinity' WHERE device_id = ?")
                .param(endless.deviceId)
                .update();

        var job = job(new KafkaDeliveries(BROKER, SERDES.serializer()));
        job.start();
        try {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(Told.published(behind.deviceId))
                    .containsExactly("1 SUPERSEDED"));
        } finally {
            job.stop();
        }

        assertThat(Told.published(endless.deviceId)).isEmpty();
        assertThat(scene.jdbc
                        .sql("SELECT refusal FROM delivery WHERE device_id = ?")
                        .param(endless.deviceId)
                        .query(String.class)
                        .list())
                .containsExactly("ArithmeticException");
        assertThat(meters.get("notifier.notification.set.aside")
                        .tag("what", "OUTCOME")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Whoever lost the lease amid sending may come to it after the topic has it. */
    @Test
    void setsNothingAsideThatIsPublished() {
        var samples = new Samples();
        ended(samples);
        var deliveries = new PostgresDeliveries(scene.jdbc, UUID.randomUUID());
        var own = deliveries.unpublished(1_000).stream()
                .filter(attempt -> attempt.deviceId().equals(samples.deviceId))
                .toList();
        deliveries.published(own);

        deliveries.setAside(own.getFirst(), "RecordTooLargeException");

        assertThat(scene.jdbc
                        .sql("SELECT count(refusal) FROM delivery WHERE device_id = ?")
                        .param(samples.deviceId)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private Claim ended(Samples samples) {
        scene.register(samples);
        scene.notifications.add(List.of(scene.offersReady(samples, 2)));
        var claim = scene.notifications.claim(1_000, Duration.ofMinutes(5)).claims().stream()
                .filter(found -> found.deviceId().equals(samples.deviceId))
                .findFirst()
                .orElseThrow();
        scene.notifications.complete(claim, 1, Outcome.SUPERSEDED);
        return claim;
    }

    @Test
    void namesTheMissingTopic() throws InterruptedException {
        assertThat(new KafkaDeliveriesTopic(BROKER, "deliveries-elsewhere").missing())
                .contains("topic deliveries-elsewhere is missing");
        assertThat(new KafkaDeliveriesTopic(BROKER, TopicCatalogue.NOTIFICATION_DELIVERIES).missing())
                .isEmpty();
    }

    private NotificationJob job(KafkaDeliveries topic) {
        var metrics = new NotificationMetrics(meters);
        var settings = Settings.delivered();
        var delivery = new Delivery(
                new Delivery.Tools(scene.notifications, scene, (_, _) -> PreferencesOfBorrower.DEFAULTS, scene),
                Settings.occasions(),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), new Random(1)),
                settings.maxAttempts(),
                metrics,
                Clock.systemUTC());
        return new NotificationJob(
                new NotificationJob.Tables(
                        scene.notifications, new PostgresDeliveries(scene.jdbc, UUID.randomUUID()), scene.upkeep),
                topic,
                delivery,
                scene,
                settings,
                metrics);
    }
}

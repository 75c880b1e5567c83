package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a change on the topic to the push service and back to the topic, over the service's own API. */
class NotificationIT {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final FcmPeer FIREBASE = FcmPeer.start();

    static ReadModel model;
    static Changes changes;
    static RunningNotifier notifier;

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();
    final String device = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        var broker = TestBroker.shared().bootstrapServers();
        var registry = TestRegistry.shared().url();
        var secrets = PushSecrets.create().write("push/" + APPLICATION + "/fcm.json", FIREBASE.serviceAccount());
        model = ReadModel.in(TestDatabase.shared().as("bj_projector"));
        changes = new Changes(broker, registry);
        notifier = RunningNotifier.start(
                        broker,
                        registry,
                        TestDatabase.shared(),
                        IDENTITY,
                        "--notifier.secrets-directory=" + secrets.directory(),
                        "--notifier.push.allow-plain-http=true",
                        "--notifier.push.fcm.base-url=" + FIREBASE.url())
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        notifier.close();
        changes.close();
        FIREBASE.close();
        IDENTITY.close();
    }

    @Test
    void tellsByPushWhatNoDeviceHasShown() {
        register();
        publish();

        awaitPublished("1 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(1);
        assertThat(notifier.metrics())
                .containsPattern("notifier_notification_attempts_total\\{channel=\"FCM\",outcome=\"ACCEPTED\"} [1-9]");
    }

    @Test
    void tellsNothingByPushThatADeviceHasShown() {
        register();
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitLast("ready");
            publish();
            stream.awaitLast(journey + ":2");
            assertThat(notifier.post(
                                    "/v1/stream/acknowledgements",
                                    IDENTITY.token(borrower),
                                    "{\"journeyId\": \"" + journey + "\", \"version\": 2}")
                            .statusCode())
                    .isEqualTo(204);
        }

        awaitPublished("1 SKIPPED_ACKNOWLEDGED");
        assertThat(FIREBASE.notifications(device)).isEmpty();
    }

    @Test
    void tellsNothingAfterALogout() {
        register();
        publish();
        awaitHeard();
        assertThat(notifier.call("DELETE", "/v1/devices/" + device, IDENTITY.token(borrower), "")
                        .statusCode())
                .isEqualTo(204);

        awaitPublished("1 DEVICE_REMOVED");
        assertThat(FIREBASE.notifications(device)).isEmpty();
    }

    private void register() {
        assertThat(notifier.call(
                                "PUT",
                                "/v1/devices/" + device,
                                IDENTITY.token(borrower),
                                "{\"channel\": \"FCM\", \"token\": \"" + device + "\", \"locale\": \"en\"}")
                        .statusCode())
                .isBetween(200, 204);
    }

    private void publish() {
        var key = keyOf(borrower);
        model.keep(key, APPLICATION, journey, 2, "OFFERS_AVAILABLE", "VIEW_OFFERS", "null");
        changes.publish(JourneyChanged.newBuilder(Changes.change(key, APPLICATION, journey, 2, "OFFERS_AVAILABLE"))
                .setAfter(JourneyContent.newBuilder()
                        .setCore(JourneyCore.newBuilder()
                                .setStatus("OFFERS_AVAILABLE")
                                .setNextAction("VIEW_OFFERS")
                                .build())
                        .build())
                .build());
    }

    private void awaitHeard() {
        var rows = JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT count(*) FROM notification WHERE device_id = ?")
                .param(device);
        await().atMost(PATIENCE).until(() -> rows.query(Long.class).single() == 1);
    }

    private void awaitPublished(String expected) {
        await().atMost(PATIENCE).until(() -> !Told.published(device).isEmpty());
        assertThat(Told.published(device)).containsExactly(expected);
    }
}

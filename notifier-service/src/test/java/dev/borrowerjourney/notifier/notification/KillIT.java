package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.notification.FcmPeer.Halt;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service is killed at each point of its work in turn, and another instance takes over. */
@Tag("slow")
class KillIT {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final FcmPeer FIREBASE = FcmPeer.start();

    static List<String> settings = List.of();
    static ReadModel model;
    static Changes changes;
    static NotifierProcess owner;

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();
    final String device = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        var database = TestDatabase.shared();
        var broker = TestBroker.shared().bootstrapServers();
        var registry = TestRegistry.shared().url();
        var secrets = PushSecrets.create()
                .write("pseudonym-key", Base64.getEncoder().encodeToString(new byte[32]))
                .write("push/" + APPLICATION + "/fcm.json", FIREBASE.serviceAccount());
        database.writePassword("bj_notifier", secrets.directory());
        settings = List.of(
                "--notifier.secrets-directory=" + secrets.directory(),
                "--notifier.applications[0].application-id=" + APPLICATION,
                "--notifier.identity.issuer=" + IDENTITY.issuer(),
                "--notifier.identity.jwks-uri=" + IDENTITY.jwksUri(),
                "--notifier.identity.allow-plain-http=true",
                "--notifier.push.allow-plain-http=true",
                "--notifier.push.fcm.base-url=" + FIREBASE.url(),
                "--notifier.notification.kinds.offers-ready.after=1s",
                "--notifier.notification.lease=16s",
                "--notifier.push.timeout=5s",
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--spring.kafka.bootstrap-servers=" + broker,
                "--spring.kafka.properties.schema.registry.url=" + registry,
                "--spring.datasource.url=" + database.url());
        model = ReadModel.in(database.as("bj_projector"));
        changes = new Changes(broker, registry);
        owner = NotifierProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        owner.close();
        changes.close();
        FIREBASE.close();
        IDENTITY.close();
    }

    @Test
    void tellsOnceOfWhatWasHeardAndNotWrittenDown() throws SQLException {
        register();
        killAt("notification", "INSERT INTO notification.notification");

        awaitPublished("1 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(1);
    }

    @Test
    void tellsOnceOfWhatWasClaimedAndNotSent() throws SQLException {
        register();
        killAt("acknowledgement", "SELECT c.version");

        awaitPublished("1 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(1);
    }

    /** Begun, and the push service has not got it: nobody can know, so it is told of as such and sent again. */
    @Test
    void tellsOnceOfWhatWasBegunAndDidNotArrive() {
        register();
        killAmidCall(Halt.BEFORE_TAKING);

        awaitPublished("1 UNKNOWN", "2 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(1);
    }

    /** The push service has told the device, and its answer finds nobody; what comes again comes under the same id. */
    @Test
    void tellsAgainWhereTheAnswerDidNotArrive() {
        register();
        killAmidCall(Halt.AFTER_TAKING);

        awaitPublished("1 UNKNOWN", "2 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(2);
        assertThat(FIREBASE.notifications(device).stream().distinct()).hasSize(1);
    }

    /** As if the answer had not arrived: the device is told twice, under one id. */
    @Test
    void tellsAgainWhereTheAnswerWasNotNoted() throws SQLException {
        register();
        killAt("delivery", "WITH kept");

        awaitPublished("1 UNKNOWN", "2 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(2);
        assertThat(FIREBASE.notifications(device).stream().distinct()).hasSize(1);
    }

    @Test
    void publishesWhatWasNotedAndNotPublished() throws SQLException {
        register();
        killAt("delivery_publisher", "UPDATE notification.delivery_publisher");

        awaitPublished("1 ACCEPTED");
        assertThat(FIREBASE.notifications(device)).hasSize(1);
    }

    /** Nobody is told twice of anything because a push service was away. */
    @Test
    void tellsOnceThePushServiceIsBack() {
        register();
        FIREBASE.answer(503);
        publish();
        await().atMost(PATIENCE).until(() -> FIREBASE.notifications(device).size() >= 2);
        FIREBASE.answer(200);

        await().atMost(PATIENCE).until(() -> Told.published(device).contains(told("ACCEPTED")));
        assertThat(Told.published(device))
                .filteredOn(told -> !told.endsWith("LATER"))
                .hasSize(1);
    }

    private String told(String outcome) {
        return FIREBASE.notifications(device).size() + " " + outcome;
    }

    private void register() {
        assertThat(owner.put(
                        "/v1/devices/" + device,
                        IDENTITY.token(borrower),
                        "{\"channel\": \"FCM\", \"token\": \"" + device + "\", \"locale\": \"en\"}"))
                .isBetween(200, 204);
    }

    private void killAt(String table, String statement) throws SQLException {
        try (var held = HeldTable.of(table, statement)) {
            publish();
            held.awaitWaiter();
            owner.close();
        }
        owner = NotifierProcess.start(settings);
    }

    private void killAmidCall(Halt at) {
        try (var held = FIREBASE.hold(at)) {
            publish();
            held.awaitArrival();
            owner.close();
        }
        owner = NotifierProcess.start(settings);
    }

    private void publish() {
        model.keep(keyOf(borrower), APPLICATION, journey, 2, "OFFERS_AVAILABLE", "VIEW_OFFERS", "null");
        changes.publish(
                JourneyChanged.newBuilder(Changes.change(keyOf(borrower), APPLICATION, journey, 2, "OFFERS_AVAILABLE"))
                        .setAfter(JourneyContent.newBuilder()
                                .setCore(JourneyCore.newBuilder()
                                        .setStatus("OFFERS_AVAILABLE")
                                        .setNextAction("VIEW_OFFERS")
                                        .build())
                                .build())
                        .build());
    }

    private void awaitPublished(String... expected) {
        await().atMost(PATIENCE).until(() -> Told.published(device).size() >= expected.length);
        assertThat(Told.published(device)).containsExactly(expected);
    }
}

package dev.borrowerjourney.notifier.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OccasionsIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    static RunningNotifier notifier;
    static Changes changes;

    final Scene scene = new Scene();
    final Samples samples = new Samples();

    @BeforeAll
    static void start() {
        var broker = TestBroker.shared().bootstrapServers();
        var registry = TestRegistry.shared().url();
        notifier = RunningNotifier.start(broker, registry, TestDatabase.shared(), IDENTITY);
        changes = new Changes(broker, registry);
    }

    @AfterAll
    static void stop() {
        changes.close();
        notifier.close();
        IDENTITY.close();
    }

    /** The last one of the partition tells that all before it were heard. */
    @Test
    void writesDownWhatCallsForAPushAndNothingElse() {
        scene.register(samples);

        changes.publish(change(1, null, offers(), now.minus(Duration.ofHours(25))));
        changes.publish(change(2, offers(), core("OFFER_SELECTED", "WAIT"), now));
        changes.send(samples.borrower.value(), "no avro".getBytes(UTF_8));
        changes.publish(change(3, core("OFFER_SELECTED", "WAIT"), offers(), now));
        changes.publish(change(4, offers(), offers(), now));
        changes.publish(change(3, core("OFFER_SELECTED", "WAIT"), offers(), now));
        changes.publish(change(5, offers(), core("REJECTED", "WAIT"), now));

        await().atMost(Duration.ofSeconds(90)).until(() -> rows().size() >= 2);
        assertThat(rows()).containsExactly("3 OFFERS_READY FCM", "5 REJECTED FCM");
        assertThat(notifier.metrics()).contains("notifier_notification_heard_total{outcome=\"UNREADABLE\"}");
    }

    @Test
    void isDueOnceADeviceHadTimeToShowIt() {
        scene.register(samples);
        var heard = Instant.now();

        changes.publish(change(2, core("OFFERS_PENDING", "WAIT"), offers(), now));

        await().atMost(Duration.ofSeconds(90)).until(() -> rows().size() == 1);
        var dueAt = scene.jdbc
                .sql("SELECT extract(epoch FROM due_at)::bigint FROM notification WHERE device_id = ?")
                .param(samples.deviceId)
                .query(Long.class)
                .single();
        assertThat(Instant.ofEpochSecond(dueAt)).isAfter(heard.plusSeconds(3));
    }

    private List<String> rows() {
        return scene.jdbc.sql("""
                        SELECT version || ' ' || kind || ' ' || channel
                        FROM notification
                        WHERE device_id = ?
                        ORDER BY version
                        """).param(samples.deviceId).query(String.class).list();
    }

    private JourneyChanged change(
            long version, @Nullable JourneyContent before, JourneyContent after, Instant changedAt) {
        return JourneyChanged.newBuilder(
                        Changes.change(samples.borrower, RunningNotifier.APPLICATION, samples.journeyId, version, ""))
                .setBefore(before)
                .setAfter(after)
                .setChangedAt(changedAt)
                .build();
    }

    private static JourneyContent offers() {
        return core("OFFERS_AVAILABLE", "VIEW_OFFERS");
    }

    private static JourneyContent core(String status, String nextAction) {
        return JourneyContent.newBuilder()
                .setCore(JourneyCore.newBuilder()
                        .setStatus(status)
                        .setNextAction(nextAction)
                        .build())
                .build();
    }
}

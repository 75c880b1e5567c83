package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import dev.borrowerjourney.notifier.preference.QuietHours;
import dev.borrowerjourney.notifier.push.PushOutcome;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.Urgency;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One notification from when it is heard to its end, step by step; each step is a worker that may have died after it. */
class DeliveryIT {

    static final Duration LEASE = Duration.ofMinutes(5);
    static final int MAX_ATTEMPTS = 3;

    final Scene scene = new Scene();
    final Samples samples = new Samples();
    final NotificationMetrics metrics = new NotificationMetrics(new SimpleMeterRegistry());
    PreferencesOfBorrower preferences = PreferencesOfBorrower.DEFAULTS;

    final Delivery delivery = new Delivery(
            new Delivery.Tools(scene.notifications, scene, (_, _) -> preferences, scene),
            Settings.occasions(),
            new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), new Random(1)),
            MAX_ATTEMPTS,
            metrics,
            Clock.systemUTC());

    @BeforeEach
    void register() {
        scene.register(samples);
    }

    @Test
    void tellsEachDeviceOnce() {
        var second = new Device(
                "dev_" + UUID.randomUUID(),
                UUID.randomUUID(),
                samples.device().applicationId(),
                samples.borrower,
                samples.device().channel(),
                samples.device().locale(),
                samples.device().registeredAt(),
                samples.device().address());
        scene.register(second);
        var due = scene.offersReady(samples, 2);

        assertThat(scene.notifications.add(List.of(due, due))).isEqualTo(2);
        assertThat(scene.notifications.add(List.of(due))).isZero();
    }

    @Test
    void tellsNoDeviceThatCameLaterThanTheChange() {
        var before = samples.device().registeredAt().minusSeconds(60);

        assertThat(scene.notifications.add(List.of(Scene.due(samples, 2, before))))
                .isZero();
    }

    /** The clocks of who changes journeys and of who registers devices are two. */
    @Test
    void tellsADeviceThatCameWithTheChange() {
        var before = samples.device().registeredAt().minusSeconds(5);

        assertThat(scene.notifications.add(List.of(Scene.due(samples, 2, before))))
                .isEqualTo(1);
    }

    @Test
    void sendsAndNotesTheAnswer() {
        heard(2);
        delivery.deliver(claim());

        assertThat(scene.sent).singleElement().satisfies(push -> {
            assertThat(push.timeToLive()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
            assertThat(push.urgency()).isEqualTo(Urgency.HIGH);
            assertThat(push.toString()).doesNotContain(samples.journeyId, samples.borrower.value());
        });
        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
        assertThat(over()).isTrue();
    }

    @Test
    void sendsNothingOfWhatWasShown() {
        heard(2);
        scene.acknowledged(samples, 2);
        delivery.deliver(claim());

        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 SKIPPED_ACKNOWLEDGED");
        assertThat(over()).isTrue();
    }

    @Test
    void sendsNothingOfAJourneyThatMovedOn() {
        heard(2);
        scene.movedOn(samples, 3, "OFFER_SELECTED");
        delivery.deliver(claim());

        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 SUPERSEDED");
    }

    @Test
    void sendsTheLaterOfTwoThatSayTheSame() {
        heard(2);
        var first = claim();
        heard(4);
        var second = claim();
        delivery.deliver(first);
        delivery.deliver(second);

        assertThat(scene.sent).hasSize(1);
        assertThat(scene.jdbc
                        .sql("SELECT version || ' ' || outcome FROM notification WHERE device_id = ? ORDER BY version")
                        .param(samples.deviceId)
                        .query(String.class)
                        .list())
                .containsExactly("2 SUPERSEDED", "4 ACCEPTED");
    }

    @Test
    void sendsNothingToADeviceThatWasRemoved() {
        heard(2);
        scene.gone(device());
        delivery.deliver(claim());

        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 DEVICE_REMOVED");
    }

    /** Operators who mount the keyset again find nobody forgotten. */
    @Test
    void waitsForAnAddressThatDoesNotOpen() {
        heard(2);
        var device = device();
        scene.close(device);
        delivery.deliver(claim());

        assertThat(scene.told(samples)).isEmpty();
        assertThat(nextAt()).isAfter(Instant.now().plusSeconds(30));
        scene.open(device);
        scene.timePasses(samples);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
    }

    @Test
    void looksAgainIfTheDeviceGoesMeanwhile() {
        heard(2);
        scene.found = () ->
                scene.of(samples.device().applicationId(), samples.borrower).forEach(scene::gone);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).isEmpty();

        delivery.deliver(claim());
        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 DEVICE_REMOVED");
    }

    @Test
    void looksAgainIfTheChangeIsShownMeanwhile() {
        heard(2);
        scene.found = () -> scene.acknowledged(samples, 2);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).isEmpty();

        delivery.deliver(claim());
        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 SKIPPED_ACKNOWLEDGED");
    }

    /** What was held back here is no attempt, however often it was: the push service may be away for hours. */
    @Test
    void countsOnlyCallsAsAttempts() {
        heard(2);
        for (int held = 0; held <= MAX_ATTEMPTS; held++) {
            scene.answers.add(new PushOutcome.Later(Duration.ofSeconds(20), Reason.CIRCUIT_OPEN));
            delivery.deliver(claim());
            scene.timePasses(samples);
        }
        scene.answers.add(new PushOutcome.Refused(Reason.CHANNEL_OFF));
        delivery.deliver(claim());
        assertThat(scene.told(samples)).isEmpty();
        assertThat(nextAt()).isAfter(Instant.now().plusSeconds(30));

        scene.timePasses(samples);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
    }

    /** Otherwise it would be told of as open until the push service wants to be asked again. */
    @Test
    void endsWithItsTimeToLiveThoughItIsToWaitLonger() {
        heard(2);
        scene.answers.add(new PushOutcome.Later(Duration.ofDays(3), Reason.RATE_LIMITED));
        delivery.deliver(claim());

        assertThat(nextAt()).isBefore(Instant.now().plus(Duration.ofHours(24)));
    }

    @Test
    void forgetsADeviceThatThePushServiceDoesNotKnow() {
        heard(2);
        scene.answers.add(new PushOutcome.Gone());
        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 GONE");
        assertThat(scene.of(samples.device().applicationId(), samples.borrower)).isEmpty();
    }

    @Test
    void defersToTheEndOfTheQuietHoursWithoutAnAttempt() {
        heard(2);
        var now = LocalTime.now(ZoneOffset.UTC);
        preferences = new PreferencesOfBorrower(
                Map.of(), new QuietHours(now.minusHours(1), now.plusHours(1), ZoneOffset.UTC));
        delivery.deliver(claim());

        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).isEmpty();
        assertThat(nextAt())
                .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));

        // In the morning everything is looked at again.
        preferences = PreferencesOfBorrower.DEFAULTS;
        scene.timePasses(samples);
        scene.acknowledged(samples, 2);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).containsExactly("1 SKIPPED_ACKNOWLEDGED");
    }

    @Test
    void triesAgainLaterUntilItGivesUp() {
        heard(2);
        scene.answers.add(new PushOutcome.Later(null, Reason.PROVIDER_FAILED));
        scene.answers.add(new PushOutcome.Later(Duration.ofMinutes(20), Reason.RATE_LIMITED));
        scene.answers.add(new PushOutcome.Later(null, Reason.NO_ANSWER));

        delivery.deliver(claim());
        assertThat(nextAt())
                .isBetween(Instant.now().plusSeconds(20), Instant.now().plusSeconds(61));
        scene.timePasses(samples);
        delivery.deliver(claim());
        assertThat(nextAt()).isAfter(Instant.now().plus(Duration.ofMinutes(19)));
        scene.timePasses(samples);
        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 LATER", "2 LATER", "3 GIVEN_UP");
        assertThat(scene.sent)
                .extracting("notificationId")
                .containsOnly(scene.sent.getFirst().notificationId());
        assertThat(over()).isTrue();
    }

    /** A row of a version that came later, and was taken back. */
    @Test
    void takesWhatItUnderstandsBesideWhatItDoesNot() {
        var stranger = new Samples();
        scene.register(stranger);
        scene.notifications.add(List.of(scene.offersReady(stranger, 2)));
        scene.jdbc
                .sql("UPDATE notification SET kind = 'OF_ANOTHER_VERSION' WHERE device_id = ?")
                .param(stranger.deviceId)
                .update();
        heard(2);

        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
        assertThat(scene.told(stranger)).isEmpty();
        scene.jdbc
                .sql("DELETE FROM notification WHERE device_id = ?")
                .param(stranger.deviceId)
                .update();
    }

    /** Killed between the claim and the call: nobody was told, and nothing was begun. */
    @Test
    void takesOverWhatWasClaimedAndNotBegun() {
        heard(2);
        var dead = claim();
        scene.timePasses(samples);
        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
        assertThat(scene.notifications.begin(dead, device().registrationId())).isFalse();
    }

    /** Killed between the answer and its commit: sent twice, under one id, and both attempts are told of. */
    @Test
    void sendsAgainWhereTheAnswerWasLost() {
        heard(2);
        assertThat(scene.notifications.begin(claim(), device().registrationId()))
                .isTrue();
        scene.timePasses(samples);
        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 UNKNOWN", "2 ACCEPTED");
    }

    /** A push that kills the service each time must not do so for ever. */
    @Test
    void givesUpWhereEveryAnswerIsLost() {
        heard(2);
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            var claim = claim();
            if (claim.answerLost()) {
                assertThat(scene.notifications.lost(claim)).isTrue();
            }
            assertThat(scene.notifications.begin(claim, device().registrationId()))
                    .isTrue();
            scene.timePasses(samples);
        }
        delivery.deliver(claim());

        assertThat(scene.sent).isEmpty();
        assertThat(scene.told(samples)).containsExactly("1 UNKNOWN", "2 UNKNOWN", "3 UNKNOWN");
        assertThat(over()).isTrue();
    }

    /** A worker that stood still for longer than its lease says nothing any more. */
    @Test
    void ignoresWorkersWhoseLeaseEnded() {
        heard(2);
        var late = claim();
        scene.timePasses(samples);
        var holder = claim();

        assertThat(scene.notifications.complete(late, 1, Outcome.REFUSED)).isFalse();
        assertThat(scene.notifications.again(late, 1, Outcome.LATER, Duration.ZERO))
                .isFalse();
        assertThat(scene.told(samples)).isEmpty();
        delivery.deliver(holder);
        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
    }

    @Test
    void forgetsWhatEndedLongAgoOnceItIsPublished() {
        heard(2);
        delivery.deliver(claim());
        scene.jdbc
                .sql("UPDATE notification SET completed_at = now() - INTERVAL '8 days' WHERE device_id = ?")
                .param(samples.deviceId)
                .update();

        scene.notifications.forget(Duration.ofDays(7));
        assertThat(scene.told(samples)).hasSize(1);

        scene.jdbc
                .sql("UPDATE delivery SET published = true WHERE device_id = ?")
                .param(samples.deviceId)
                .update();
        scene.notifications.forget(Duration.ofDays(7));
        assertThat(scene.told(samples)).isEmpty();
    }

    private Device device() {
        return scene.of(samples.device().applicationId(), samples.borrower).getFirst();
    }

    private void heard(long version) {
        assertThat(scene.notifications.add(List.of(scene.offersReady(samples, version))))
                .isEqualTo(1);
    }

    private Claim claim() {
        return scene.notifications.claim(1_000, LEASE).stream()
                .filter(claim -> claim.deviceId().equals(samples.deviceId))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private boolean over() {
        return scene.jdbc
                .sql("SELECT bool_and(outcome IS NOT NULL) FROM notification WHERE device_id = ?")
                .param(samples.deviceId)
                .query(Boolean.class)
                .single();
    }

    private Instant nextAt() {
        return scene.jdbc
                .sql("SELECT next_at FROM notification WHERE device_id = ?")
                .param(samples.deviceId)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}

package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.PushOutcome;
import dev.borrowerjourney.notifier.push.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One notification from when it is heard to its end, step by step; each step is a worker that may have died after it. */
class DeliveryIT extends DeliverySteps {

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

    @Test
    void forgetsADeviceThatThePushServiceDoesNotKnow() {
        heard(2);
        scene.answers.add(new PushOutcome.Gone());
        delivery.deliver(claim());

        assertThat(scene.told(samples)).containsExactly("1 GONE");
        assertThat(scene.of(samples.device().applicationId(), samples.borrower)).isEmpty();
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

        // A lease later its time to live has passed, and nobody has understood it.
        scene.jdbc
                .sql("UPDATE notification SET next_at = now(), expires_at = now() WHERE device_id = ?")
                .param(stranger.deviceId)
                .update();
        assertThat(scene.notifications.claim(1_000, LEASE).setAside()).isEqualTo(1);
        assertThat(scene.told(stranger)).containsExactly("1 EXPIRED");
        assertThat(scene.notifications.claim(1_000, LEASE).setAside()).isZero();
    }

    /** Registered by a version that came later, and was taken back. */
    @Test
    void waitsForAVersionThatKnowsTheChannel() {
        heard(2);
        scene.jdbc
                .sql("UPDATE device SET channel = 'OF_ANOTHER_VERSION' WHERE device_id = ?")
                .param(samples.deviceId)
                .update();
        delivery.deliver(claim());
        assertThat(scene.told(samples)).isEmpty();
        assertThat(nextAt())
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(70));

        scene.jdbc
                .sql("UPDATE notification SET next_at = now(), expires_at = now() WHERE device_id = ?")
                .param(samples.deviceId)
                .update();
        delivery.deliver(claim());
        assertThat(scene.told(samples)).containsExactly("1 EXPIRED");
        assertThat(over()).isTrue();
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

        scene.upkeep.forget(Duration.ofDays(7));
        assertThat(scene.told(samples)).hasSize(1);

        scene.jdbc
                .sql("UPDATE delivery SET published = true WHERE device_id = ?")
                .param(samples.deviceId)
                .update();
        scene.upkeep.forget(Duration.ofDays(7));
        assertThat(scene.told(samples)).isEmpty();
    }
}

package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import dev.borrowerjourney.notifier.preference.QuietHours;
import dev.borrowerjourney.notifier.push.PushOutcome;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is put off, and for how long, and what is looked at then. */
class PauseIT extends DeliverySteps {

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

    /** A token that has to be fetched first may take seconds. */
    @Test
    void sendsNothingOfWhatIsShownWhileThePushIsMadeReady() {
        heard(2);
        scene.prepared = () -> scene.acknowledged(samples, 2);
        delivery.deliver(claim());
        assertThat(scene.sent).isEmpty();

        delivery.deliver(claim());
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
        scene.answers.add(new PushOutcome.Later(null, Reason.CHANNEL_OFF));
        delivery.deliver(claim());
        assertThat(scene.told(samples)).isEmpty();
        assertThat(nextAt()).isAfter(Instant.now().plusSeconds(30));

        scene.timePasses(samples);
        delivery.deliver(claim());
        assertThat(scene.told(samples)).containsExactly("1 ACCEPTED");
    }

    /** One by one, each costs several statements every time: too many while a push service is away for hours. */
    @Test
    void putsOffTogetherWhatNobodyIsCalledFor() {
        heard(2);
        var other = new Samples();
        scene.register(other);
        var host = UUID.randomUUID() + ".push.example";
        var held = Map.of(host, Duration.ofMinutes(3), "elsewhere", Duration.ofHours(1));
        scene.jdbc
                .sql("UPDATE device SET channel = 'WEB_PUSH', push_host = ? WHERE device_id = ?")
                .param(host)
                .param(other.deviceId)
                .update();
        scene.notifications.add(List.of(scene.offersReady(other, 2)));

        // Another instance may be able to call, and take it in a moment.
        assertThat(scene.upkeep.putOff(held)).isZero();
        leftByAll(samples);
        leftByAll(other);
        assertThat(scene.upkeep.putOff(held)).isEqualTo(1);

        assertThat(nextAt()).isBefore(Instant.now());
        assertThat(nextAt(other))
                .isBetween(Instant.now().plusSeconds(170), Instant.now().plusSeconds(190));
        leftByAll(other);
        assertThat(scene.upkeep.putOff(Map.of(host, Duration.ofDays(3)))).isEqualTo(1);
        assertThat(nextAt(other)).isBefore(Instant.now().plus(Duration.ofHours(24)));
        scene.jdbc
                .sql(
                        "UPDATE notification SET next_at = now() - INTERVAL '3 seconds', expires_at = now() WHERE device_id = ?")
                .param(other.deviceId)
                .update();
        assertThat(scene.upkeep.putOff(held)).isZero();
    }

    /** An instance of an earlier version leaves the host of a browser where the device has become an app. */
    @Test
    void putsOffNoAppForTheHostOfItsBrowser() {
        heard(2);
        var host = UUID.randomUUID() + ".push.example";
        scene.jdbc
                .sql("UPDATE device SET push_host = ? WHERE device_id = ?")
                .param(host)
                .param(samples.deviceId)
                .update();
        leftByAll(samples);

        assertThat(scene.upkeep.putOff(Map.of(host, Duration.ofMinutes(3)))).isZero();
        scene.upkeep.putOff(Map.of(samples.device().channel().name(), Duration.ofMinutes(3)));
        assertThat(nextAt()).isAfter(Instant.now().plusSeconds(170));
    }

    private void leftByAll(Samples of) {
        scene.jdbc
                .sql("UPDATE notification SET next_at = now() - INTERVAL '3 seconds' WHERE device_id = ?")
                .param(of.deviceId)
                .update();
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
}

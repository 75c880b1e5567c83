package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.notification.Decision.Defer;
import dev.borrowerjourney.notifier.notification.Decision.Drop;
import dev.borrowerjourney.notifier.notification.Decision.Send;
import dev.borrowerjourney.notifier.notification.Facts.Current;
import dev.borrowerjourney.notifier.notification.NotificationProperties.Rule;
import dev.borrowerjourney.notifier.notification.Occasions.Core;
import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import dev.borrowerjourney.notifier.preference.QuietHours;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.push.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    static final Instant NOW = Instant.parse("2026-03-01T23:00:00Z");
    static final Core OFFERS = new Core("OFFERS_AVAILABLE", "VIEW_OFFERS");
    static final QuietHours NIGHT = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), ZoneOffset.UTC);

    final Samples samples = new Samples();
    final Decisions decisions = new Decisions(Settings.occasions());
    final Claim claim = samples.claim(Kind.OFFERS_READY, 2, NOW.minusSeconds(5), NOW.plus(Duration.ofHours(20)));
    final Facts still = facts(2, OFFERS, 0);

    @Test
    void sendsWhatNobodyHasShown() {
        assertThat(decide(still)).isEqualTo(new Send(Duration.ofHours(20)));
        assertThat(decide(facts(2, OFFERS, 1))).isInstanceOf(Send.class);
    }

    @Test
    void dropsWhatADeviceHasShown() {
        assertThat(decide(facts(2, OFFERS, 2))).isEqualTo(new Drop(Outcome.SKIPPED_ACKNOWLEDGED));
        assertThat(decide(facts(3, OFFERS, 3))).isEqualTo(new Drop(Outcome.SKIPPED_ACKNOWLEDGED));
    }

    @Test
    void dropsWhatIsNoLongerSo() {
        assertThat(decide(facts(3, new Core("OFFER_SELECTED", "WAIT"), 0))).isEqualTo(new Drop(Outcome.SUPERSEDED));
    }

    /** A third version that only brings another detail calls for no push of its own. */
    @Test
    void sendsWhatIsStillSoInALaterVersion() {
        assertThat(decide(facts(3, OFFERS, 0))).isInstanceOf(Send.class);
    }

    @Test
    void dropsWhatALaterNotificationTells() {
        var facts = new Facts(0, new Current(4, OFFERS), true, true, Channel.FCM);

        assertThat(decide(facts)).isEqualTo(new Drop(Outcome.SUPERSEDED));
    }

    /** After a failover that lost commits the read model is behind the topic until it has caught up. */
    @Test
    void waitsForAReadModelThatWentBack() {
        assertThat(decide(new Facts(0, null, false, true, Channel.FCM))).isEqualTo(new Defer(NOW.plusSeconds(60)));
        assertThat(decide(facts(1, new Core("OFFERS_PENDING", "WAIT"), 0))).isInstanceOf(Send.class);
    }

    /** Even if the preferences cannot be read: it would come again and again for ever. */
    @Test
    void dropsWhatIsTooOld() {
        var old = samples.claim(Kind.OFFERS_READY, 2, NOW.minusSeconds(5), NOW);

        assertThat(decisions.on(old, still, DecisionsTest::unreadable, NOW)).isEqualTo(new Drop(Outcome.EXPIRED));
    }

    @Test
    void dropsWhatTheDeviceIsNotThereFor() {
        assertThat(decide(new Facts(0, new Current(2, OFFERS), false, false, null)))
                .isEqualTo(new Drop(Outcome.DEVICE_REMOVED));
    }

    @Test
    void dropsWhatTheBorrowerDoesNotWant() {
        assertThat(decide(off(Channel.FCM, Kind.OFFERS_READY))).isEqualTo(new Drop(Outcome.TURNED_OFF));
        assertThat(decide(off(Channel.FCM, Kind.CLOSED))).isInstanceOf(Send.class);
        assertThat(decide(off(Channel.APNS, Kind.OFFERS_READY))).isInstanceOf(Send.class);
    }

    @Test
    void defersToTheEndOfTheQuietHours() {
        assertThat(decide(new PreferencesOfBorrower(Map.of(), NIGHT)))
                .isEqualTo(new Defer(Instant.parse("2026-03-02T08:00:00Z")));
    }

    @Test
    void dropsWhatTheQuietHoursOutlast() {
        var shortLived = samples.claim(Kind.OFFERS_READY, 2, NOW, NOW.plus(Duration.ofHours(9)));

        assertThat(decisions.on(shortLived, still, () -> new PreferencesOfBorrower(Map.of(), NIGHT), NOW))
                .isEqualTo(new Drop(Outcome.EXPIRED));
    }

    @Test
    void sendsAnUrgentKindInQuietHours() {
        var urgent = new Rule(
                Set.of(),
                Set.of("VIEW_OFFERS"),
                Set.of(),
                Duration.ofSeconds(5),
                Duration.ofHours(24),
                Urgency.HIGH,
                true);
        var overriding = new Decisions(new Occasions(Map.of(Kind.OFFERS_READY, urgent)));

        assertThat(overriding.on(claim, still, () -> new PreferencesOfBorrower(Map.of(), NIGHT), NOW))
                .isInstanceOf(Send.class);
    }

    private Decision decide(Facts facts) {
        return decisions.on(claim, facts, () -> PreferencesOfBorrower.DEFAULTS, NOW);
    }

    private Decision decide(PreferencesOfBorrower preferences) {
        return decisions.on(claim, still, () -> preferences, NOW);
    }

    private static PreferencesOfBorrower off(Channel channel, Kind kind) {
        return new PreferencesOfBorrower(Map.of(channel, Set.of(kind)), null);
    }

    private static Facts facts(long version, Core core, long acknowledged) {
        return new Facts(acknowledged, new Current(version, core), false, true, Channel.FCM);
    }

    private static PreferencesOfBorrower unreadable() {
        throw new AssertionError("Preferences are not asked.");
    }
}

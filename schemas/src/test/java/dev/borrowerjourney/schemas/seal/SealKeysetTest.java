package dev.borrowerjourney.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.event.SealedDelivery;
import dev.borrowerjourney.schemas.seal.SealKeyset.Rotation;
import dev.borrowerjourney.schemas.seal.SealKeyset.Stage;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SealKeysetTest {

    static final String APPLICATION = "7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a001";
    static final Instant NOW = Instant.parse("2026-03-05T16:48:30Z");
    static final Duration SETTLE = Duration.ofHours(1);
    static final Duration KEEP = Duration.ofDays(30);

    final SealKeyset fresh = SealKeyset.of(Seal.newKeyset(), null);
    final SealKeyset prepared = ((Rotation.Prepared) fresh.rotate(NOW, SETTLE)).keyset();
    final SealKeyset rotated = rotated(prepared, NOW.plus(SETTLE));
    final SealedDelivery delivery =
            new SealedDelivery(ByteBuffer.wrap(new byte[] {1}), null, null, ByteBuffer.wrap(new byte[32]), null);

    /** Whoever reads must know a key before anything is sealed with it. */
    @Test
    void sealsWithNoKeyThatReadersMayNotKnow() throws GeneralSecurityException {
        var sealed = seal(prepared).seal(delivery, APPLICATION, "evt_1");

        assertThat(seal(fresh).open(sealed, APPLICATION, "evt_1")).isEqualTo(delivery);
        assertThat(prepared.keys()).extracting(SealKeyset.Key::stage).containsExactly(Stage.SEALING, Stage.NEXT);
        assertThat(prepared.rotate(NOW.plus(SETTLE).minusMillis(1), SETTLE))
                .isEqualTo(new Rotation.NotSettled(prepared.keys().getLast().id(), NOW));
    }

    @Test
    void promotesTheKeyAddedBeforeAndAddsAnother() throws GeneralSecurityException {
        assertThat(rotated.keys())
                .extracting(SealKeyset.Key::stage)
                .containsExactly(Stage.RETIRED, Stage.SEALING, Stage.NEXT);
        var next = prepared.keys().get(1).id();
        assertThat(rotated.keys().get(1))
                .isEqualTo(new SealKeyset.Key(next, Stage.SEALING, NOW, NOW.plus(SETTLE), null));

        var sealed = seal(rotated).seal(delivery, APPLICATION, "evt_1");
        assertThat(seal(prepared).open(sealed, APPLICATION, "evt_1")).isEqualTo(delivery);
        assertThatThrownBy(() -> seal(fresh).open(sealed, APPLICATION, "evt_1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void opensWhatRetiredKeysSealedUntilTheyAreDestroyed() throws GeneralSecurityException {
        var sealed = seal(fresh).seal(delivery, APPLICATION, "evt_1");
        assertThat(seal(rotated).open(sealed, APPLICATION, "evt_1")).isEqualTo(delivery);

        var gone = rotated.without(rotated.expired(NOW.plus(SETTLE).plus(KEEP), KEEP));

        assertThat(gone.keys()).extracting(SealKeyset.Key::stage).containsExactly(Stage.SEALING, Stage.NEXT);
        assertThatThrownBy(() -> seal(gone).open(sealed, APPLICATION, "evt_1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void keepsKeysWhoseTimeIsNotOver() {
        assertThat(rotated.expired(NOW.plus(SETTLE).plus(KEEP).minusMillis(1), KEEP))
                .isEmpty();
        assertThat(rotated.expired(NOW.plus(SETTLE).plus(KEEP), KEEP)).hasSize(1);
    }

    /** Neither the one that seals nor the next one goes, however old it is. */
    @Test
    void neverDestroysWhatSealsOrIsToSeal() {
        assertThat(prepared.expired(NOW.plus(Duration.ofDays(9999)), KEEP)).isEmpty();
        assertThatThrownBy(() -> prepared.without(prepared.keys())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverDestroysKeyWhoseEndIsUnknown() {
        var withoutTimes = SealKeyset.of(rotated.keysetJson(), null);

        assertThat(withoutTimes.keys())
                .extracting(SealKeyset.Key::stage)
                .containsExactly(Stage.RETIRED, Stage.SEALING, Stage.RETIRED);
        assertThat(withoutTimes.expired(NOW.plus(Duration.ofDays(9999)), KEEP)).isEmpty();
        assertThat(withoutTimes.rotate(NOW, SETTLE)).isInstanceOf(Rotation.Prepared.class);
    }

    @Test
    void isTheSameWhenReadAgain() {
        var again = SealKeyset.of(rotated.keysetJson(), rotated.timesJson());

        assertThat(again.keys()).isEqualTo(rotated.keys());
        assertThat(rotated.timesJson()).doesNotContain("value", "keyData");
    }

    /** The times are written first; a command that dies before the keyset is written must not lose a key's end. */
    @Test
    void goesOnFromTimesThatAreAheadOfTheKeyset() {
        var torn = SealKeyset.of(prepared.keysetJson(), rotated.timesJson());
        assertThat(torn.keys()).extracting(SealKeyset.Key::stage).containsExactly(Stage.SEALING, Stage.NEXT);
        assertThat(torn.expired(NOW.plus(Duration.ofDays(9999)), KEEP)).isEmpty();

        var later = NOW.plus(Duration.ofDays(1));
        var mended = rotated(torn, later);

        assertThat(mended.keys().getFirst().sealingUntil()).isEqualTo(later);
        assertThat(mended.keys())
                .extracting(SealKeyset.Key::stage)
                .containsExactly(Stage.RETIRED, Stage.SEALING, Stage.NEXT);
    }

    @Test
    void refusesUnreadableTimes() {
        for (var times : new String[] {"nonsense", "{\"x\":{}}", "{\"1\":{\"addedAt\":\"yesterday\"}}"}) {
            assertThatThrownBy(() -> SealKeyset.of(fresh.keysetJson(), times))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("times: ");
        }
    }

    @Test
    void doesNotPrintKeys() {
        assertThat(rotated).hasToString("SealKeyset[RETIRED, SEALING, NEXT]");
    }

    private static SealKeyset rotated(SealKeyset keyset, Instant now) {
        return ((Rotation.Rotated) keyset.rotate(now, SETTLE)).keyset();
    }

    private static Seal seal(SealKeyset keyset) {
        return Seal.of(keyset.keysetJson());
    }
}

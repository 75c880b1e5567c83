package dev.borrowerjourney.schemas.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.event.SealedDelivery;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class SealTest {

    static final String APPLICATION = "7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a001";

    final String keyset = Seal.newKeyset();
    final Seal seal = Seal.of(keyset);
    final SealedDelivery delivery = new SealedDelivery(
            ByteBuffer.wrap("{\"borrower\":{}}".getBytes(UTF_8)),
            "ab".repeat(32),
            "1772730500",
            ByteBuffer.wrap(new byte[32]),
            "CUST_0012");

    @Test
    void opensWhatItSealed() throws GeneralSecurityException {
        var sealed = seal.seal(delivery, APPLICATION, "evt_1");

        assertThat(Seal.of(keyset).open(sealed, APPLICATION, "evt_1")).isEqualTo(delivery);
    }

    @Test
    void hidesWhatItSealed() {
        var sealed = seal.seal(delivery, APPLICATION, "evt_1");

        assertThat(UTF_8.decode(sealed).toString()).doesNotContain("CUST_0012").doesNotContain("borrower");
    }

    @Test
    void refusesEveryFlippedBit() {
        var sealed = seal.seal(delivery, APPLICATION, "evt_1");

        for (int bit = 0; bit < sealed.limit() * 8; bit++) {
            var bytes = new byte[sealed.limit()];
            sealed.duplicate().get(bytes);
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            var changed = ByteBuffer.wrap(bytes);
            assertThatThrownBy(() -> seal.open(changed, APPLICATION, "evt_1"))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    /** Else a sealed part could be copied into another borrower's record. */
    @Test
    void refusesPartOfAnotherRecord() {
        var sealed = seal.seal(delivery, APPLICATION, "evt_1");

        assertThatThrownBy(() -> seal.open(sealed, APPLICATION, "evt_2")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> seal.open(sealed, "7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a002", "evt_1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refusesPartOfAnotherKeyset() {
        var sealed = seal.seal(delivery, APPLICATION, "evt_1");

        assertThatThrownBy(() -> Seal.of(Seal.newKeyset()).open(sealed, APPLICATION, "evt_1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refusesEmptyPart() {
        assertThatThrownBy(() -> seal.open(ByteBuffer.allocate(0), APPLICATION, "evt_1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void refusesUnreadableKeysetWithoutRepeatingIt() {
        assertThatThrownBy(() -> Seal.of("{\"secret\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keyset: ")
                .hasMessageNotContaining("secret\":1")
                .hasNoCause();
    }

    @Test
    void doesNotPrint() {
        assertThat(seal).hasToString("***");
    }
}

package dev.borrowerjourney.schemas.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.event.SealedDelivery;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** What was sealed stays readable only with the very dictionary it was compressed with. */
    @Test
    void keepsTheDictionaryOfItsLayout() throws Exception {
        try (var dictionary = Objects.requireNonNull(Seal.class.getResourceAsStream("delivery-dictionary-2.txt"))) {
            var hash = MessageDigest.getInstance("SHA-256").digest(dictionary.readAllBytes());

            assertThat(HexFormat.of().formatHex(hash))
                    .isEqualTo("8f09e53d7bed6612c6765faea28aa4b509f944d8fe275fb6bf000ef073c3907f");
        }
    }

    @Test
    void takesAThirdOfTheRoomOfAnOrdinaryDelivery() {
        var offers =
                IntStream.range(0, 5).mapToObj(number -> """
                        {"offerID":"offer-%1$s","lender":"Kaveri Capital","amount":300000,"currency":"INR",\
                        "interestRatePercent":13.25,"aprPercent":15.1,"tenureMonths":36,"emi":10148.55,\
                        "processingFee":2500.5,"keyFactsURL":"https://lender.example/key-facts/%1$s",\
                        "validUntil":"2026-03-12T16:48:20.000Z","status":"AVAILABLE"}""".formatted(number)).collect(Collectors.joining(","));
        var body = "{\"schema_version\":\"1.0.0\",\"event_type\":\"journey.snapshot\",\"offers\":[" + offers + "]}";
        var ordinary = SealedDelivery.newBuilder(delivery)
                .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
                .build();

        var sealed = seal.seal(ordinary, APPLICATION, "evt_1");

        assertThat(sealed.remaining()).isLessThan(body.length() / 3);
    }

    @Test
    void opensWhatManyThreadsSealedAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sealed = new ArrayList<Future<ByteBuffer>>();
            for (int number = 0; number < 500; number++) {
                var event = "evt_" + number;
                sealed.add(threads.submit(() -> seal.seal(delivery, APPLICATION, event)));
            }

            for (int number = 0; number < sealed.size(); number++) {
                assertThat(seal.open(sealed.get(number).get(), APPLICATION, "evt_" + number))
                        .isEqualTo(delivery);
            }
        }
    }
}

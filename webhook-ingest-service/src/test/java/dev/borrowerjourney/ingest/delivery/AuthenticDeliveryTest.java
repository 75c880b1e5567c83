package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.PREVIOUS;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a delivery that a live secret signed. */
class AuthenticDeliveryTest extends DeliveringPlatform {

    @Test
    void publishesAuthenticSnapshot() throws GeneralSecurityException {
        var body = body("evt_1", APPLICATION);

        deliver(body, CURRENT).expectStatus().isAccepted().expectBody().isEmpty();

        var snapshot = log.published.getFirst();
        assertThat(snapshot.getEventId()).isEqualTo("evt_1");
        assertThat(snapshot.getTenantId()).isEqualTo(TENANT.toString());
        assertThat(snapshot.getApplicationId()).isEqualTo(APPLICATION.toString());
        assertThat(snapshot.getBorrowerKey())
                .isEqualTo(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY)
                        .borrowerKey(APPLICATION, "CUST_0012")
                        .value());
        assertThat(snapshot.getSequence()).isEqualTo(7);
        assertThat(snapshot.getSecretId()).isEqualTo("current");
        assertThat(snapshot.getSignedAt()).isEqualTo(NOW);
        assertThat(snapshot.getReceivedAt()).isEqualTo(NOW);
        assertThat(snapshot.getLate()).isFalse();
        var sealed = DeliveryFixtures.seal().open(snapshot.getSealed(), APPLICATION.toString(), "evt_1");
        assertThat(DeliveryFixtures.bytes(sealed.getBody())).isEqualTo(body.getBytes(UTF_8));
        assertThat(sealed.getTimestamp()).isEqualTo(TIMESTAMP);
        assertThat(sealed.getSignature()).isEqualTo(sign(CURRENT, TIMESTAMP, body.getBytes(UTF_8)));
        assertThat(sealed.getBorrowerExternalId()).isEqualTo("CUST_0012");
    }

    /** Analysts and operators read the record without the keyset. */
    @Test
    void leavesNothingPersonalOutsideTheSealedPart() {
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();

        assertThat(log.published.getFirst().toString()).doesNotContain("CUST_0012");
    }

    /** Deliveries signed before a rotation may still be on their way, or be retried, after it. */
    @Test
    void publishesSnapshotSignedWithPreviousSecret() {
        deliver(body("evt_1", APPLICATION), PREVIOUS).expectStatus().isAccepted();

        assertThat(log.published.getFirst().getSecretId()).isEqualTo("previous");
    }

    @Test
    void marksLateDelivery() {
        deliverAt("1772729300", body("evt_1", APPLICATION)).expectStatus().isAccepted();
        deliverAt("1772728000", body("evt_2", APPLICATION)).expectStatus().isAccepted();

        assertThat(log.published).extracting(snapshot -> snapshot.getLate()).containsExactly(false, true);
        assertThat(meters.get("ingest.untimely")
                        .tag("freshness", "LATE")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void acceptsTimestampOfUnknownShape() {
        deliverAt("Thu-05-Mar-2026", body("evt_1", APPLICATION)).expectStatus().isAccepted();

        assertThat(log.published.getFirst().getSignedAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "{\"event_id\":\"evt_1\"}"})
    void quarantinesAuthenticBodyItCannotRead(String body) throws GeneralSecurityException {
        deliver(body, CURRENT).expectStatus().isAccepted();

        assertThat(log.published).isEmpty();
        var kept = log.quarantined.getFirst();
        assertThat(kept.getSecretId()).isEqualTo("current");
        var opened = DeliveryFixtures.seal().open(kept.getSealed(), APPLICATION.toString(), kept.getEventId());
        assertThat(DeliveryFixtures.bytes(opened.getBody())).isEqualTo(body.getBytes(UTF_8));
    }

    /** A redelivery must not fill the quarantine with other ids. */
    @Test
    void givesBodyWithoutEventIdTheSameIdAgain() {
        deliver("not json", CURRENT).expectStatus().isAccepted();
        deliver("not json", CURRENT).expectStatus().isAccepted();

        assertThat(log.quarantined)
                .extracting(kept -> kept.getEventId())
                .hasSize(2)
                .containsOnly(log.quarantined.getFirst().getEventId());
    }

    @Test
    void countsHeadersThatDisagree() {
        deliver(body("evt_1", APPLICATION), CURRENT, APPLICATION, "evt_2")
                .expectStatus()
                .isAccepted();

        assertThat(log.published.getFirst().getEventId()).isEqualTo("evt_1");
        assertThat(meters.get("ingest.header-disagreements")
                        .tag("header", "X-AL-Event-ID")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}

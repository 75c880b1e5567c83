package dev.borrowerjourney.projector.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import dev.borrowerjourney.schemas.event.JourneyCore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContentsTest {

    final JourneyCore core = new JourneyCore("OFFERS_AVAILABLE", "VIEW_\"OFFERS\"");

    /** The hashes stand in the log for years: a change of this test is a change of every journey. */
    @Test
    void neverChangesItsEncoding() {
        assertThat(Contents.of(core).canonical())
                .isEqualTo("{\"status\":\"OFFERS_AVAILABLE\",\"nextAction\":\"VIEW_\\\"OFFERS\\\"\"}");
        assertThat(Contents.of(new JourneyCore("CLOSED", null)).hash())
                .isEqualTo("801ba71e9c758d8af1d6fd4309d3f2c44c47d5996ffd81300348cbf30d8d3429");
        assertThat(Contents.of(SnapshotFixtures.DETAILS).canonical()).isEqualTo("""
                        {"type":"PERSONAL_LOAN","lender":null,"offers":[{"offerId":"offer-1","lender":"Example Lender",\
                        "amount":"250000.00","currency":"INR","interestRatePercent":"12.50","aprPercent":null,\
                        "tenureMonths":24,"emi":"11800.00","processingFee":null,"keyFactsUrl":null,\
                        "validUntil":"2026-03-07T10:00:00Z","status":"AVAILABLE"}],"selectedOfferId":null,\
                        "repayment":[{"number":1,"dueDate":"2026-04-05","amount":"11800.00","status":null}]}""");
    }

    @Test
    void readsBackWhatItWrote() {
        var details = Contents.of(SnapshotFixtures.DETAILS);
        var state = Contents.readState(Contents.state(Contents.of(core), details));

        assertThat(state.getCore()).isEqualTo(core);
        assertThat(Contents.of(state.getDetails())).isEqualTo(details);
        assertThat(Contents.readState(Contents.state(Contents.of(core), null)).getDetails())
                .isNull();
    }

    @Test
    void knowsWhenJourneyIsOver() {
        assertThat(Contents.over(Contents.of(new JourneyCore("EXPIRED", null)))).isTrue();
        assertThat(Contents.over(Contents.of(new JourneyCore("DISBURSED", null))))
                .isFalse();
    }

    @Test
    void findsNulAndNotItsName() {
        assertThat(Contents.hasNul(Contents.of(new JourneyCore("A\u0000B", null))))
                .isTrue();
        assertThat(Contents.hasNul(Contents.of(new JourneyCore("\\\u0000", null))))
                .isTrue();
        assertThat(Contents.hasNul(Contents.of(new JourneyCore("\\" + "u0000", null))))
                .isFalse();
        assertThat(Contents.hasNul(Contents.of(core))).isFalse();
    }

    @Test
    void readsBackRegisters() {
        var at = Instant.parse("2026-03-05T10:00:00.123Z");
        var register = new Register(
                new Timing(5L, at, null),
                Contents.of(core),
                new Provenance(Source.WEBHOOK, "event", at.plusSeconds(1)));
        var details = new Register(
                new Timing(null, null, null),
                Contents.of(SnapshotFixtures.DETAILS),
                new Provenance(Source.WEBHOOK, "event", at));

        assertThat(Registers.readCore(Registers.json(register))).isEqualTo(register);
        assertThat(Registers.readDetails(Registers.json(details))).isEqualTo(details);
        assertThat(Registers.readCore(null)).isNull();
    }
}

package dev.borrowerjourney.ingest.snapshot;

import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.BAD_SEQUENCE;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.BAD_TIME;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.DUPLICATE_JOURNEY;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.DUPLICATE_KEYS;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NOT_AN_OBJECT;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NOT_JSON;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_APPLICATION;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_BORROWER;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_EVENT_ID;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_JOURNEYS;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_JOURNEY_ID;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_STATUS;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.NO_TENANT;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.TOO_DEEP;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.TOO_LONG;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.UNSUITABLE_TEXT;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.UNSUPPORTED_EVENT_TYPE;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.UNSUPPORTED_SCHEMA_VERSION;
import static dev.borrowerjourney.ingest.snapshot.QuarantineReason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.borrowerjourney.ingest.snapshot.Reading.Illegible;
import dev.borrowerjourney.ingest.snapshot.Reading.Legible;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {

    static final String ENVELOPE = "\"event_id\":\"evt_1\",\"tenant_id\":\"t\",\"application_id\":\"a\",";
    static final String JOURNEY = "{\"journeyID\":\"j\",\"status\":\"STARTED\"}";

    final SnapshotReader reader =
            new SnapshotReader(List.of("/borrower/borrowerExternalID", "/borrower/borrowerProviderID"));

    @Test
    void readsFirstGeneration() {
        var snapshot = legible(golden("journey-snapshot-first-generation.json"));

        assertThat(snapshot)
                .isEqualTo(new Snapshot(
                        "evt_01JNS7R4QK",
                        "CUST_0012",
                        "1.0.0",
                        "journey.offer.updated",
                        1741179022100L,
                        Instant.parse("2026-03-05T16:48:21Z"),
                        Instant.parse("2026-03-05T16:48:20Z"),
                        List.of(new JourneyObservation(
                                "0d9b7c1e-6a3f-4c52-9b8d-1e2f3a4b5c6d",
                                new JourneyCore("OFFERS_AVAILABLE", "VIEW_OFFERS"),
                                null)),
                        0,
                        0));
    }

    @Test
    void readsSecondGeneration() {
        var snapshot = legible(golden("journey-snapshot-second-generation.json"));

        assertThat(snapshot.borrowerExternalId()).isEqualTo("CUST_0012");
        assertThat(snapshot.sequence()).isNull();
        assertThat(snapshot.generatedAt()).isEqualTo("2026-03-05T16:48:22.500Z");
        assertThat(snapshot.unreadDetails()).isZero();
        assertThat(snapshot.journeys()).singleElement().satisfies(journey -> {
            assertThat(journey.getCore()).isEqualTo(new JourneyCore("OFFERS_AVAILABLE", "VIEW_OFFERS"));
            assertThat(journey.getDetails().getType()).isEqualTo("PERSONAL_LOAN");
            assertThat(journey.getDetails().getLender()).isEqualTo("First Lender");
            assertThat(journey.getDetails().getSelectedOfferId()).isNull();
            assertThat(journey.getDetails().getRepayment()).singleElement().satisfies(instalment -> {
                assertThat(instalment.getNumber()).isEqualTo(1);
                assertThat(instalment.getDueDate()).isEqualTo("2026-05-05");
                assertThat(instalment.getAmount()).isEqualTo("11710.00");
                assertThat(instalment.getStatus()).isEqualTo("DUE");
            });
        });
    }

    /** Money must not change by a digit between the lender's offer and the borrower's screen. */
    @Test
    void keepsDecimalsAsTheyWereWritten() {
        var offers = Objects.requireNonNull(legible(golden("journey-snapshot-second-generation.json"))
                .journeys()
                .getFirst()
                .getDetails()
                .getOffers());

        var offer = offers.getFirst();
        assertThat(offer.getAmount()).isEqualTo("250000.00");
        assertThat(offer.getInterestRatePercent()).isEqualTo("11.50");
        assertThat(offer.getAprPercent()).isEqualTo("12.75");
        assertThat(offer.getEmi()).isEqualTo("11710");
        assertThat(offer.getProcessingFee()).isEqualTo("0");
        assertThat(offer.getTenureMonths()).isEqualTo(24);
        assertThat(offer.getValidUntil()).isEqualTo("2026-03-12T00:00:00Z");
        assertThat(offers.get(1).getAmount()).isNull();
    }

    @Test
    void passesWhatItDoesNotKnow() {
        var snapshot = legible("{" + ENVELOPE
                + "\"new\":{\"deep\":[1,{\"x\":null}]},\"issuer\":{\"trigger\":\"never.seen\",\"other\":1},"
                + "\"borrower\":{\"borrowerExternalID\":\"b\",\"profile\":{},\"journeys\":["
                + "{\"journeyID\":\"j\",\"status\":\"NEVER_SEEN\",\"nextAction\":null,\"more\":[]}]}}");

        assertThat(snapshot.trigger()).isEqualTo("never.seen");
        assertThat(snapshot.unknownStatuses()).isEqualTo(1);
        assertThat(snapshot.journeys())
                .containsExactly(new JourneyObservation("j", new JourneyCore("NEVER_SEEN", null), null));
    }

    /** A group that is there is replaced as a whole, so presence counts even where the value is null. */
    @Test
    void carriesDetailsIfAnyMemberOfThemIsPresent() {
        var snapshot = legible("{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\"b\",\"journey\":"
                + "{\"journeyID\":\"j\",\"status\":\"STARTED\",\"lender\":null}}}");

        var details = snapshot.journeys().getFirst().getDetails();
        assertThat(details).isNotNull();
        assertThat(details.getOffers()).isNull();
    }

    /** Their names are assumed: a wrong guess must not keep the status from the borrower. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"offers\":{\"a\":1}",
                "\"offers\":[3]",
                "\"offers\":[{\"amount\":\"1\"}]",
                "\"offers\":[{\"offerID\":\"o\",\"amount\":1E999999999}]",
                "\"offers\":[{\"offerID\":\"o\",\"amount\":\"1,000\"}]",
                "\"offers\":[{\"offerID\":\"o\",\"amount\":[1]}]",
                "\"offers\":[{\"offerID\":\"o\",\"tenureMonths\":1.5}]",
                "\"offers\":[{\"offerID\":\"o\",\"validUntil\":\"soon\"}]",
                "\"lender\":{\"name\":\"L\"}",
                "\"type\":\"\\u0000\"",
                "\"repaymentSchedule\":\"monthly\""
            })
    void leavesOutDetailsOfAnotherForm(String member) {
        var snapshot = legible("{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\"b\",\"journey\":"
                + "{\"journeyID\":\"j\"," + member + ",\"status\":\"STARTED\"}}}");

        assertThat(snapshot.unreadDetails()).isEqualTo(1);
        assertThat(snapshot.journeys())
                .singleElement()
                .satisfies(journey -> assertThat(journey.getCore().getStatus()).isEqualTo("STARTED"));
    }

    @Test
    void prefersTheSingleJourneyToItsTwinInTheList() {
        var snapshot = legible("{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\"b\",\"journey\":"
                + "{\"journeyID\":\"j\",\"status\":\"STARTED\",\"type\":\"GOLD_LOAN\"},\"journeys\":[" + JOURNEY
                + ",{\"journeyID\":\"k\",\"status\":\"CLOSED\"}]}}");

        assertThat(snapshot.journeys())
                .extracting(JourneyObservation::getJourneyId, journey -> journey.getDetails() != null)
                .containsExactly(tuple("j", true), tuple("k", false));
    }

    @Test
    void findsTheBorrowerWhereverTheSettingPoints() {
        var elsewhere = new SnapshotReader(List.of("/customer/ref~1id", "/event_id"));
        var body = "{\"customer\":{\"ref/id\":42},\"event_id\":\"evt_1\",\"tenant_id\":\"t\",\"application_id\":\"a\","
                + "\"borrower\":{\"journeys\":[]}}";

        assertThat(elsewhere.read(body.getBytes(UTF_8))).isInstanceOfSatisfying(Legible.class, legible -> assertThat(
                        legible.snapshot().borrowerExternalId())
                .isEqualTo("42"));
    }

    static Stream<Arguments> unreadableBodies() {
        var borrower = "\"borrower\":{\"borrowerExternalID\":\"b\",\"journeys\":[" + JOURNEY + "]}";
        return Stream.of(
                Arguments.of("", NOT_JSON),
                Arguments.of("not json", NOT_JSON),
                Arguments.of("{\"event_id\":\"evt_1\"", NOT_JSON),
                Arguments.of("{" + ENVELOPE + borrower + "}{}", NOT_JSON),
                Arguments.of("{\"event_id\":NaN}", NOT_JSON),
                Arguments.of("[]", NOT_AN_OBJECT),
                Arguments.of("null", NOT_AN_OBJECT),
                Arguments.of("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", TOO_DEEP),
                Arguments.of("{\"x\":" + "{\"x\":".repeat(5000) + "1" + "}".repeat(5001), TOO_DEEP),
                Arguments.of("{\"sequence\":" + "9".repeat(5000) + "}", TOO_LONG),
                Arguments.of("{\"" + "n".repeat(5000) + "\":1}", TOO_LONG),
                Arguments.of("{\"event_id\":\"" + "i".repeat(257) + "\"}", TOO_LONG),
                Arguments.of("{" + ENVELOPE + "\"event_id\":\"evt_1\"," + borrower + "}", DUPLICATE_KEYS),
                Arguments.of(
                        "{" + ENVELOPE
                                + "\"borrower\":{\"borrowerExternalID\":\"b\",\"borrowerExternalID\":\"c\",\"journeys\":[]}}",
                        DUPLICATE_KEYS),
                Arguments.of("{\"schema_version\":\"2.0.0\"," + ENVELOPE + borrower + "}", UNSUPPORTED_SCHEMA_VERSION),
                Arguments.of("{\"schema_version\":\"10\"}", UNSUPPORTED_SCHEMA_VERSION),
                Arguments.of("{\"event_type\":\"journey.deleted\"}", UNSUPPORTED_EVENT_TYPE),
                Arguments.of("{\"tenant_id\":\"t\",\"application_id\":\"a\"," + borrower + "}", NO_EVENT_ID),
                Arguments.of("{\"event_id\":\"e\",\"application_id\":\"a\"," + borrower + "}", NO_TENANT),
                Arguments.of("{\"event_id\":\"e\",\"tenant_id\":\"t\"," + borrower + "}", NO_APPLICATION),
                Arguments.of("{" + ENVELOPE + "\"borrower\":null}", NO_BORROWER),
                Arguments.of("{" + ENVELOPE + "\"borrower\":{\"journeys\":[]}}", NO_BORROWER),
                Arguments.of(
                        "{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\" \",\"journeys\":[]}}", NO_BORROWER),
                Arguments.of("{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\"b\"}}", NO_JOURNEYS),
                Arguments.of(journeys("{\"status\":\"STARTED\"}"), NO_JOURNEY_ID),
                Arguments.of(journeys("{\"journeyID\":\"j\",\"status\":null}"), NO_STATUS),
                Arguments.of(journeys(JOURNEY + "," + JOURNEY), DUPLICATE_JOURNEY),
                Arguments.of(journeys("7"), WRONG_TYPE),
                Arguments.of(journeys("{\"journeyID\":\"j\",\"status\":7}"), WRONG_TYPE),
                Arguments.of(journeys("{\"journeyID\":\"j\",\"status\":\"A\\u0000\"}"), UNSUITABLE_TEXT),
                Arguments.of(journeys("{\"journeyID\":\"\\ud800\",\"status\":\"A\"}"), UNSUITABLE_TEXT),
                Arguments.of("{\"borrower\":[]}", WRONG_TYPE),
                Arguments.of("{\"sequence\":1.5}", BAD_SEQUENCE),
                Arguments.of("{\"sequence\":9223372036854775808}", BAD_SEQUENCE),
                Arguments.of("{\"sequence\":\"1\"}", BAD_SEQUENCE),
                Arguments.of("{\"event_at\":\"yesterday\"}", BAD_TIME),
                Arguments.of("{\"snapshot_generated_at\":\"+999999-01-01T00:00:00Z\"}", BAD_TIME));
    }

    @ParameterizedTest
    @MethodSource("unreadableBodies")
    void tellsWhyABodyIsNoSnapshot(String body, QuarantineReason reason) {
        assertThat(reader.read(body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(Illegible.class, illegible -> assertThat(illegible.reason())
                        .isEqualTo(reason));
    }

    /** They decide whose delivery it is, also of a delivery that cannot be read. */
    @Test
    void readsTheIdsBehindAMistake() {
        var reading = reader.read(("{\"sequence\":\"x\"," + ENVELOPE + "\"borrower\":{}}").getBytes(UTF_8));

        assertThat(reading.envelope()).isEqualTo(new Envelope("evt_1", "t", "a", null));
    }

    @Test
    void namesThePlaceWithoutAnyValue() {
        var body = journeys("{\"journeyID\":\"j\",\"status\":{\"secret\":\"value\"}}");

        assertThat(reader.read(body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(Illegible.class, illegible -> assertThat(illegible.place())
                        .startsWith("/borrower/journeys/0/status"));
    }

    @Test
    void answersForEveryTruncationAndEveryBadByte() {
        var body = golden("journey-snapshot-second-generation.json").getBytes(UTF_8);

        for (int i = 0; i < body.length - 2; i++) {
            assertThat(reader.read(Arrays.copyOf(body, i))).isInstanceOf(Illegible.class);
            var damaged = body.clone();
            damaged[i] = (byte) 0xFF;
            assertThat(reader.read(damaged)).satisfies(reading -> {
                if (reading instanceof Illegible illegible) {
                    assertThat(illegible.reason()).isNotEqualTo(QuarantineReason.READER_FAILED);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"borrower", "/", ""})
    void refusesWhatIsNoPointer(String pointer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SnapshotReader(List.of(pointer)))
                .withMessageContaining("expected: a JSON pointer");
    }

    @Test
    void showsNoBorrower() {
        var snapshot = legible(golden("journey-snapshot-first-generation.json"));

        assertThat(snapshot.toString()).doesNotContain("CUST_0012");
        assertThat(new Envelope("e", "t", "a", "CUST_0012").toString()).doesNotContain("CUST_0012");
    }

    private Snapshot legible(String body) {
        return switch (reader.read(body.getBytes(UTF_8))) {
            case Legible legible -> legible.snapshot();
            case Illegible illegible -> throw new AssertionError(illegible.reason() + " at " + illegible.place());
        };
    }

    private static String journeys(String items) {
        return "{" + ENVELOPE + "\"borrower\":{\"borrowerExternalID\":\"b\",\"journeys\":[" + items + "]}}";
    }

    private static String golden(String name) {
        try (var stream = Objects.requireNonNull(SnapshotReaderTest.class.getResourceAsStream("/golden/" + name))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneyIT {

    static final List<String> PERSONAL_LOAN = List.of(
            "STARTED null",
            "PROFILE_REQUIRED COMPLETE_PROFILE",
            "PROFILE_SUBMITTED WAIT",
            "OFFERS_PENDING WAIT",
            "OFFERS_AVAILABLE VIEW_OFFERS",
            "OFFER_SELECTED WAIT",
            "AA_REQUIRED COMPLETE_AA",
            "KYC_PENDING COMPLETE_KYC",
            "BANK_MANDATE_PENDING SET_UP_BANK_MANDATE",
            "E_MANDATE_PENDING SET_UP_E_MANDATE",
            "LOAN_AGREEMENT_PENDING SIGN_LOAN_AGREEMENT",
            "LENDER_PROCESSING WAIT",
            "DISBURSED VIEW_LOAN");

    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory).described();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void leadsAPersonalLoanToDisbursed() {
        String journeyId = platform.borrower().toDisbursed("PERSONAL_LOAN");

        assertThat(states(journeyId)).isEqualTo(PERSONAL_LOAN);
    }

    @Test
    void leadsAGoldLoanPastTheStepsItDoesNotNeed() {
        String journeyId = platform.borrower().toDisbursed("GOLD_LOAN");

        assertThat(states(journeyId))
                .noneMatch(state -> state.startsWith("AA_REQUIRED") || state.startsWith("BANK_MANDATE"))
                .last()
                .isEqualTo("DISBURSED VIEW_LOAN");
    }

    @Test
    void numbersEveryChangeOnceAndInOrder() {
        String journeyId = platform.borrower().toDisbursed("GOLD_LOAN");

        assertThat(truth(journeyId).path("snapshots").valueStream().map(it -> it.path("sequence")
                        .asLong()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(truth(journeyId).path("snapshots").valueStream().map(it -> it.path("generatedAt")
                        .asString()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void locksTheOtherOffers() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String chosen = borrower.proceed(journeyId);
        String other = borrower.offers(journeyId).getLast();

        assertThat(borrower.post("/offers/" + other + "/proceed", "{}").code()).isEqualTo("OFFER_LOCKED");
        assertThat(borrower.post("/offers/" + chosen + "/proceed", "{}").status())
                .isEqualTo(200);
        assertThat(borrower.get("/journeys/" + journeyId + "/offers")
                        .data()
                        .path("offers")
                        .valueStream()
                        .map(offer -> offer.path("status").asString()))
                .containsExactly("PROCEEDED", "BLOCKED", "BLOCKED", "BLOCKED");
    }

    @Test
    void tellsWhenTheStateLastChanged() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        JsonNode state = borrower.get("/journeys/" + journeyId + "/state").data();

        borrower.send("PUT", "/profile", "{\"address\":{\"city\":\"Pune\"}}", "k");

        assertThat(state.propertyNames()).containsExactly("journeyID", "status", "nextAction", "updatedAt");
        assertThat(borrower.get("/journeys/" + journeyId + "/state").data()).isEqualTo(state);
    }

    @Test
    void resumesWithoutChangingAnything() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        TestPlatform.Answer answer = borrower.send("PATCH", "/journeys/" + journeyId + "/resume", null, "k");

        assertThat(answer.data().path("status").asString()).isEqualTo("PROFILE_REQUIRED");
        assertThat(states(journeyId)).hasSize(2);
    }

    @Test
    void namesWhatTheProfileLacks() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        TestPlatform.Answer refused = borrower.post("/profile/submit", "{\"journeyID\":\"" + journeyId + "\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("PROFILE_INCOMPLETE");
        assertThat(refused.text()).contains("profile.contactNumber", "profile.pan");
    }

    @Test
    void refusesStepsOutOfTurnAndWrongEntries() {
        BorrowerApp borrower = platform.borrower();
        String offer = borrower.proceed(borrower.journeyWithOffers());
        borrower.submit(offer, borrower.awaitStep(offer, "AA_CONSENT"));
        JsonNode kyc = borrower.awaitStep(offer, "KYC");
        JsonNode later = borrower.steps(offer).toList().getLast();
        String kycPath = "/offers/" + offer + "/steps/" + kyc.path("stepID").asString() + "/submit";

        assertThat(kyc.at("/resource/type").asString()).isEqualTo("FORM");
        assertThat(kyc.path("actionRequired").asString()).isEqualTo("SUBMIT_FORM");
        assertThat(borrower.submit(offer, later).code()).isEqualTo("WRONG_STATE");
        assertThat(borrower.post(kycPath, "{\"documentLastFour\":\"12\"}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(borrower.post("/offers/" + offer + "/steps/nobody/submit", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void showsWhatItForces() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        platform.send("POST", "/admin/truth/journeys/" + journeyId + "/state", "{\"status\":\"NEVER_HEARD_OF\"}");

        assertThat(borrower.status(journeyId)).isEqualTo("NEVER_HEARD_OF");
        assertThat(states(journeyId)).last().isEqualTo("NEVER_HEARD_OF null");
        assertThat(platform.get("/admin/truth/journeys/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void offersEachTypeItsOwnTerms() {
        BorrowerApp borrower = platform.borrower();
        String personal = borrower.journeyWithOffers();
        String gold = borrower.start("GOLD_LOAN", Outcome.ALL_WELL);
        borrower.awaitStatus(gold, "OFFERS_AVAILABLE");

        List<JsonNode> offers = offers(borrower, personal);

        assertThat(offers)
                .extracting(offer -> offer.path("lender").asString())
                .containsExactly("Banyan Finance", "Cedar Credit", "Deodar Capital", "Banyan Finance");
        assertThat(offers).allSatisfy(offer -> {
            assertThat(offer.path("aprPercent").asDouble())
                    .isGreaterThan(offer.path("interestRatePercent").asDouble());
            assertThat(offer.path("emi").asDouble() * offer.path("tenureMonths").asInt())
                    .isGreaterThan(offer.path("amount").asDouble());
            assertThat(offer.path("keyFactsURL").asString()).startsWith("http");
            assertThat(Instant.parse(offer.path("validUntil").asString())).isAfter(Instant.now());
        });
        assertThat(offers(borrower, gold))
                .allMatch(offer -> offer.path("interestRatePercent").asDouble() < 11);
    }

    private static List<JsonNode> offers(BorrowerApp borrower, String journeyId) {
        return borrower.get("/journeys/" + journeyId + "/offers")
                .data()
                .path("offers")
                .valueStream()
                .toList();
    }

    private JsonNode truth(String journeyId) {
        return platform.get("/admin/truth/journeys/" + journeyId).json();
    }

    private List<String> states(String journeyId) {
        return platform.states(journeyId);
    }
}

package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
        platform = TestPlatform.start(directory);
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
                .containsExactly("PROCEEDED", "BLOCKED", "BLOCKED");
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
    void rejectsTheBorrowerNoLenderWants() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        borrower.giveProfile(journeyId, Assumptions.REJECTED_PAN);

        borrower.awaitStatus(journeyId, "REJECTED");

        assertThat(states(journeyId)).last().isEqualTo("REJECTED null");
    }

    @Test
    void letsKycBeRetried() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("GOLD_LOAN");
        borrower.giveProfile(journeyId, Assumptions.KYC_RETRY_PAN);
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
        String offer = borrower.proceed(journeyId);

        borrower.submit(offer, borrower.awaitStep(offer, "KYC"));
        JsonNode failed = borrower.awaitStep(offer, "KYC");
        borrower.submit(offer, failed);

        assertThat(failed.at("/diagnostics/retryable").asBoolean()).isTrue();
        borrower.awaitStatus(journeyId, "E_MANDATE_PENDING");
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
    void completesARedirectStepOnItsPage() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String offer = borrower.proceed(journeyId);
        JsonNode consent = borrower.awaitStep(offer, "AA_CONSENT");
        TestPlatform.Answer opened = borrower.post("/journeys/" + journeyId + "/aa/sessions", "{}");
        String session = opened.data().path("aaSessionID").asString();
        URI page = URI.create(consent.at("/resource/url").asString());
        String path = page.getPath() + "?" + page.getQuery() + "&returnURL=http://127.0.0.1/back";

        TestPlatform.Answer shown = platform.get(path);
        TestPlatform.Answer agreed = platform.send("POST", path, null);

        assertThat(opened.data().path("status").asString()).isEqualTo("READY");
        assertThat(shown.text()).contains("Share your bank statements", "http://127.0.0.1/back?result=cancelled");
        assertThat(agreed.status()).isEqualTo(303);
        assertThat(agreed.header("Location")).isEqualTo("http://127.0.0.1/back?result=done");
        borrower.awaitStatus(journeyId, "KYC_PENDING");
        assertThat(borrower.get("/aa/sessions/" + session).data().path("status").asString())
                .isEqualTo("COMPLETED");
    }

    @Test
    void showsTheKeyFactsOfAnOffer() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String offer = borrower.offers(journeyId).getFirst();

        assertThat(platform.get("/pages/key-facts/" + offer).text())
                .contains("Banyan Finance", "₹2,50,000.00", "15.12 %", "24 months");
        assertThat(platform.get("/pages/key-facts/none").status()).isEqualTo(404);
    }

    @Test
    void closesTheJourneyOnForeclosure() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");
        String path = "/journeys/" + journeyId + "/post-disbursal";

        TestPlatform.Answer started = borrower.post(path + "/actions", "{\"action\":\"FORECLOSURE\"}");

        assertThat(started.data().path("status").asString()).isEqualTo("PROCESSING");
        borrower.awaitStatus(journeyId, "CLOSED");
        assertThat(borrower.get(path)
                        .data()
                        .path("repaymentSchedule")
                        .valueStream()
                        .map(it -> it.path("status").asString()))
                .hasSize(24)
                .containsOnly("PAID");
    }

    @Test
    void tellsPaymentsThatLeaveTheStatusAlone() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");

        borrower.post("/journeys/" + journeyId + "/post-disbursal/actions", "{\"action\":\"MISSED_EMI_PAYMENT\"}");

        await().atMost(Duration.ofSeconds(60)).until(() -> states(journeyId).size() == 12);
        assertThat(states(journeyId)).last().isEqualTo("DISBURSED VIEW_LOAN");
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

    private JsonNode truth(String journeyId) {
        return platform.get("/admin/truth/journeys/" + journeyId).json();
    }

    private List<String> states(String journeyId) {
        return truth(journeyId)
                .path("snapshots")
                .valueStream()
                .map(it -> it.path("status").asString() + " "
                        + it.path("nextAction").asString("null"))
                .map(it -> it.endsWith(" ") ? it + "null" : it)
                .toList();
    }
}

package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the data of a borrower lead to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomeIT {

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
    void rejectsTheBorrowerNoLenderWants() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.NO_LENDER);

        borrower.awaitStatus(journeyId, "REJECTED");

        assertThat(platform.states(journeyId)).endsWith("OFFERS_PENDING WAIT", "REJECTED null");
    }

    @Test
    void rejectsAfterAllStepsWereDone() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.LENDER_DECLINES);

        borrower.lead(journeyId, "REJECTED");

        assertThat(platform.states(journeyId))
                .endsWith("LOAN_AGREEMENT_PENDING SIGN_LOAN_AGREEMENT", "LENDER_PROCESSING WAIT", "REJECTED null");
    }

    @Test
    void makesOneOfferOnly() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.ONE_OFFER);

        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");

        assertThat(borrower.offers(journeyId)).hasSize(1);
    }

    @Test
    void letsOffersExpire() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.OFFERS_EXPIRE);

        borrower.awaitStatus(journeyId, "EXPIRED");

        String offer = borrower.offers(journeyId).getFirst();
        assertThat(borrower.post("/offers/" + offer + "/proceed", "{}").code()).isEqualTo("OFFER_EXPIRED");
        assertThat(platform.states(journeyId)).endsWith("OFFERS_AVAILABLE VIEW_OFFERS", "EXPIRED null");
    }

    @Test
    void asksForConsentBeforeTheOffersAndNotAgain() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.CONSENT_FIRST);
        borrower.awaitStatus(journeyId, "AA_REQUIRED");
        JsonNode opened =
                borrower.post("/journeys/" + journeyId + "/aa/sessions", "{}").data();

        assertThat(platform.send("POST", TestPlatform.path(opened), null).status())
                .isEqualTo(200);
        borrower.lead(journeyId, "DISBURSED");

        assertThat(platform.states(journeyId).subList(2, 6))
                .containsExactly(
                        "PROFILE_SUBMITTED WAIT",
                        "AA_REQUIRED COMPLETE_AA",
                        "OFFERS_PENDING WAIT",
                        "OFFERS_AVAILABLE VIEW_OFFERS");
        assertThat(platform.states(journeyId)).containsOnlyOnce("AA_REQUIRED COMPLETE_AA");
    }

    @Test
    void letsKycBeRetried() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.KYC_FAILS_ONCE);
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
        String offer = borrower.proceed(journeyId);

        borrower.submit(offer, borrower.awaitStep(offer, "KYC"));
        JsonNode failed = borrower.awaitStep(offer, "KYC");
        borrower.submit(offer, failed);

        assertThat(failed.at("/diagnostics/retryable").asBoolean()).isTrue();
        borrower.awaitStatus(journeyId, "E_MANDATE_PENDING");
    }

    @Test
    void rejectsAfterKycFailedForGood() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.KYC_FAILS);

        String offer = borrower.lead(journeyId, "REJECTED");

        JsonNode kyc = borrower.steps(offer).toList().getFirst();
        assertThat(kyc.path("status").asString()).isEqualTo("FAILED");
        assertThat(kyc.path("actionRequired").isNull()).isTrue();
        assertThat(kyc.at("/diagnostics/code").asString()).isEqualTo(Assumptions.KYC_REFUSED);
        assertThat(kyc.at("/diagnostics/retryable").asBoolean()).isFalse();
        assertThat(borrower.submit(offer, kyc).code()).isEqualTo("WRONG_STATE");
    }

    @Test
    void letsAnotherBankAccountBeGiven() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.MANDATE_FAILS_ONCE);
        String offer = borrower.lead(journeyId, "BANK_MANDATE_PENDING");

        borrower.submit(offer, borrower.awaitStep(offer, "BANK_MANDATE"));
        JsonNode failed = borrower.awaitStep(offer, "BANK_MANDATE");
        borrower.submit(offer, failed);

        assertThat(failed.at("/diagnostics/code").asString()).isEqualTo(Assumptions.ACCOUNT_NAME_MISMATCH);
        borrower.awaitStatus(journeyId, "E_MANDATE_PENDING");
    }

    @Test
    void goesOnAfterValuesThatNobodyDocumented() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.NEVER_HEARD_OF);
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
        platform.pace(1);
        try {
            String offer = borrower.proceed(journeyId);
            borrower.awaitStatus(journeyId, "KYC_PENDING");
            JsonNode kyc = borrower.steps(offer).toList().getFirst();

            assertThat(kyc.path("actionRequired").asString()).isEqualTo("SCAN_DOCUMENT");
            assertThat(kyc.path("resource").isNull()).isTrue();
            assertThat(borrower.submit(offer, kyc).code()).isEqualTo("WRONG_STATE");
            assertThat(platform.states(journeyId))
                    .endsWith("VIDEO_CALL_SCHEDULED ATTEND_VIDEO_CALL", "KYC_PENDING COMPLETE_KYC");
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                JsonNode now = borrower.steps(offer).toList().getFirst();
                return now.path("actionRequired").asString("").equals("SUBMIT_FORM");
            });
        } finally {
            platform.pace(20);
        }
    }

    @Test
    void staysLongWithTheLender() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.LONG_PROCESSING);

        borrower.lead(journeyId, "LENDER_PROCESSING");

        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(60)).until(() -> borrower.status(journeyId)
                .equals("LENDER_PROCESSING"));
    }

    @Test
    void expiresAJourneyThatTheLenderDoesNotComeTo() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.JOURNEY_EXPIRES);

        borrower.lead(journeyId, "EXPIRED");

        assertThat(platform.states(journeyId)).endsWith("AA_REQUIRED COMPLETE_AA", "EXPIRED null");
    }

    @Test
    void asksForWhatTheProfileLacks() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.PROFILE_INCOMPLETE);
        borrower.awaitStatus(journeyId, "PROFILE_REQUIRED");
        String submit = "{\"journeyID\":\"" + journeyId + "\"}";

        JsonNode completeness = borrower.get("/journeys/" + journeyId).data().path("profile");
        assertThat(completeness.path("complete").asBoolean()).isFalse();
        assertThat(completeness.path("missing").valueStream().map(it -> it.asString()))
                .containsExactly("address.addressL2");
        assertThat(borrower.post("/profile/submit", submit).code()).isEqualTo("PROFILE_INCOMPLETE");

        borrower.send("PUT", "/profile", "{\"address\":{\"addressL2\":\"Near the tank\"}}", "address");
        borrower.post("/profile/submit", submit);
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
    }

    @Test
    void goesByTheMobileNumberWhereThePanSaysNothing() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        borrower.send(
                "PUT",
                "/profile",
                BorrowerApp.PROFILE
                        .formatted("ZZZZZ9999Z")
                        .replace("9876543210", "+91" + Outcome.NO_LENDER.contactNumber()),
                "number");
        borrower.post("/profile/submit", "{\"journeyID\":\"" + journeyId + "\"}");

        borrower.awaitStatus(journeyId, "REJECTED");
    }

    /** A step back would be an earlier state of another borrower; this one has no row, so nothing is drawn either. */
    @Test
    void goesWellForEverybodyElse() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("GOLD_LOAN");
        borrower.giveProfile(journeyId, "ZZZZZ9999Z");

        borrower.lead(journeyId, "DISBURSED");

        assertThat(List.copyOf(platform.states(journeyId))).hasSize(11);
    }
}

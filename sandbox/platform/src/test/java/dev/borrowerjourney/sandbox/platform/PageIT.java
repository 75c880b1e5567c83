package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The pages that redirect steps open, as a browser uses them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {

    private static final String BACK = "&returnURL=http://127.0.0.1/back";

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
    void completesAStep() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String offer = borrower.proceed(journeyId);
        String path = TestPlatform.path(borrower.awaitStep(offer, "AA_CONSENT")) + BACK;
        JsonNode opened =
                borrower.post("/journeys/" + journeyId + "/aa/sessions", "{}").data();
        String session = opened.path("aaSessionID").asString();

        TestPlatform.Answer shown = platform.get(path);
        TestPlatform.Answer agreed = platform.send("POST", path, null);

        assertThat(opened.path("status").asString()).isEqualTo("READY");
        assertThat(shown.text()).contains("Share your bank statements", "Banyan Finance");
        assertThat(shown.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(agreed.status()).isEqualTo(303);
        assertThat(agreed.header("Location")).isEqualTo("http://127.0.0.1/back?result=done");
        borrower.awaitStatus(journeyId, "KYC_PENDING");
        assertThat(borrower.get("/aa/sessions/" + session).data().path("status").asString())
                .isEqualTo("COMPLETED");
    }

    @Test
    void comesBackCancelledOrFailedAndCanBeOpenedAgain() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String offer = borrower.proceed(journeyId);
        String path = TestPlatform.path(borrower.awaitStep(offer, "AA_CONSENT")) + BACK;

        assertThat(press(path, "cancel")).endsWith("/back?result=cancelled");
        assertThat(code(borrower, offer)).isEqualTo(Assumptions.PAGE_CANCELLED);
        assertThat(press(path, "fail")).endsWith("/back?result=failed");
        assertThat(code(borrower, offer)).isEqualTo(Assumptions.PAGE_FAILED);
        assertThat(platform.get(path).text()).contains("You can try again.");

        assertThat(press(path, "agree")).endsWith("/back?result=done");
        borrower.awaitStatus(journeyId, "KYC_PENDING");
    }

    @Test
    void isCancelledOnceByTheBank() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.BANK_CANCELS);
        String offer = borrower.lead(journeyId, "E_MANDATE_PENDING");
        String path = TestPlatform.path(borrower.awaitStep(offer, "E_MANDATE")) + BACK;

        assertThat(press(path, "agree")).endsWith("/back?result=cancelled");
        assertThat(press(path, "agree")).endsWith("/back?result=done");

        borrower.awaitStatus(journeyId, "LOAN_AGREEMENT_PENDING");
    }

    @Test
    void showsTheKeyFactsBeforeTheSignature() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.ALL_WELL);
        String offer = borrower.lead(journeyId, "LOAN_AGREEMENT_PENDING");

        String page = platform.get(TestPlatform.path(borrower.awaitStep(offer, "LOAN_AGREEMENT")))
                .text();

        assertThat(page).contains("Key facts statement", "₹1,50,000.00", "I have read the key facts", "Sign agreement");
    }

    @Test
    void showsTheKeyFactsOfAnOffer() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.journeyWithOffers();
        String offer = borrower.offers(journeyId).getFirst();

        assertThat(platform.get("/pages/key-facts/" + offer).text())
                .contains("Banyan Finance", "₹2,50,000.00", "Annual percentage rate", "24 months");
        assertThat(platform.get("/pages/key-facts/none").status()).isEqualTo(404);
    }

    @Test
    void tellsPeopleWhatIsWrong() {
        BorrowerApp borrower = platform.borrower();
        String offer = borrower.proceed(borrower.journeyWithOffers());
        String path = TestPlatform.path(borrower.awaitStep(offer, "AA_CONSENT"));
        String old = path.replaceFirst("expires=\\d+", "expires=1") + BACK;

        assertThat(platform.get(old).status()).isEqualTo(410);
        assertThat(platform.get(old).text()).contains("This page has expired", "href=\"http://127.0.0.1/back\"");
        assertThat(platform.get(path + "&returnURL=javascript:alert(1)").status())
                .isEqualTo(400);
        assertThat(platform.get(path + "&returnURL=javascript:alert(1)").text()).doesNotContain("javascript");
        assertThat(platform.get(path.replaceFirst("steps/[^?]+", "steps/none")).status())
                .isEqualTo(404);
    }

    private String press(String path, String answer) {
        TestPlatform.Answer pressed = platform.submit(path, "answer=" + answer);
        assertThat(pressed.status()).isEqualTo(303);
        return pressed.header("Location");
    }

    private static String code(BorrowerApp borrower, String offer) {
        return borrower.awaitStep(offer, "AA_CONSENT").at("/diagnostics/code").asString();
    }
}

package dev.borrowerjourney.sandbox.demo.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Journeys whose data lead elsewhere than straight to the money, and the screen that is honest about each. */
final class PageOutcomes {

    private final PageVisit visit;

    PageOutcomes(PageVisit visit) {
        this.visit = visit;
    }

    /** More is asked than usual, or earlier. */
    void asked(String borrower) {
        visit.start(borrower)
                .open("Sandbox: fill in for me")
                .judge("stories")
                .page()
                .reload();
        visit.again("profile").tell("PROFILE_INCOMPLETE").titled("Something is missing");
        assertThat(visit.find(".note.warn li")).hasText("Area or landmark");
        visit.judge("profile-incomplete").press("Get my offers");
        assertThat(visit.find("[name=addressL2]")).isFocused();
        visit.find("[name=addressL2]").fill("Near the tank");
        visit.press("Get my offers").titled("4 offers for you");

        another("PERSONAL_LOAN");
        visit.tell("CONSENT_FIRST").titled("Share your bank statements").judge("consent-first");
        assertThat(visit.find(".way .here .part")).hasText("Checks");
        visit.agree().titled("4 offers for you").choose("Cedar Credit").titled("Confirm who you are");

        another("PERSONAL_LOAN");
        visit.tell("ONE_OFFER").titled("One offer for you").judge("one-offer");
    }

    /** It does not work out, and then it does. */
    void mended(String borrower) {
        visit.start(borrower, "GOLD_LOAN");
        visit.tell("BANK_CANCELS").titled("3 offers for you").choose("Elm Gold Loans");
        visit.titled("Confirm who you are").fill().titled("Repay automatically");
        visit.agree();
        assertThat(visit.find(".note.warn")).containsText("closed before it was done");
        visit.judge("cancelled").pressAtPlatform("Come back with a failure");
        assertThat(visit.find(".note.warn")).containsText("could not do its work");
        visit.agree().titled("Read and sign");

        another("GOLD_LOAN");
        visit.tell("MISSED_EMI").again("offers").choose("Cedar Credit");
        throughGold();
        visit.titled("An EMI was missed").judge("missed");
        assertThat(visit.find("td .badge.warn")).hasText("Missed");
        visit.press("Pay a missed EMI").titled("You are on track");
        assertThat(visit.find("td .badge.good")).hasText("Paid");
        visit.judge("caught-up");
    }

    /** It ends, for a reason that is told. */
    void ended(String borrower) {
        visit.start(borrower, "GOLD_LOAN");
        visit.tell("LENDER_DECLINES").again("offers").choose("Cedar Credit");
        throughGold();
        visit.titled("The lender said no").judge("rejected-by-lender");

        visit.press("Start a new application").again("profile");
        visit.tell("JOURNEY_EXPIRES").again("offers").choose("Cedar Credit").again("form");
        visit.titled("Your application ran out of time").judge("journey-expired");

        visit.press("Start a new application").again("profile");
        visit.tell("OFFERS_EXPIRE")
                .again("offers")
                .titled("Your offers have expired")
                .judge("offers-expired");
    }

    /** Neither the status nor the action is in any document; both pass by themselves. Then the check fails for good. */
    void unheardOf(String borrower) {
        visit.start(borrower, "GOLD_LOAN");
        visit.tell("NEVER_HEARD_OF").again("offers").choose("Cedar Credit").again("unknown");
        assertThat(visit.find(".facts")).containsText("VIDEO_CALL_SCHEDULED");
        assertThat(visit.find(".facts")).containsText("SCAN_DOCUMENT");
        visit.judge("unknown-action").titled("Confirm who you are").again("form");

        another("GOLD_LOAN");
        visit.tell("KYC_FAILS").again("offers").choose("Cedar Credit").titled("Confirm who you are");
        visit.fill().titled("Confirm who you are: that did not work out").judge("failed-for-good");
        assertThat(visit.find(".note")).containsText("Your identity could not be confirmed.");
        visit.titled("The lender cannot go on").judge("rejected-by-check");
        assertThat(visit.find(".note.warn")).hasText("Your identity could not be confirmed.");
        visit.press("Start a new application").again("profile").tell("ALL_WELL").titled("3 offers for you");
    }

    private void throughGold() {
        visit.titled("Confirm who you are").fill();
        visit.titled("Repay automatically").agree();
        visit.titled("Read and sign").agree();
    }

    private void another(String type) {
        visit.page().locator(".brand").click();
        visit.again("home").pressIn("[data-type=" + type + "]").titled("About you");
    }
}

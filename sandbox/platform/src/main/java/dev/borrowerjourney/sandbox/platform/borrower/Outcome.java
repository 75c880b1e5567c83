package dev.borrowerjourney.sandbox.platform.borrower;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * How a journey goes, chosen by the data of a borrower who does not exist, as sandboxes of payments do. The README shows
 * these rows and the borrower page offers them; a test keeps the three alike.
 */
public enum Outcome {
    ALL_WELL("ABCDE1234F", "9000000001", "All goes well: offers, steps, `DISBURSED`"),
    NO_LENDER("REJCT0000R", "9000000002", "No lender makes an offer: `REJECTED` after `OFFERS_PENDING`"),
    LENDER_DECLINES(
            "LNDRN0000L", "9000000003", "The lender declines after all steps: `REJECTED` after `LENDER_PROCESSING`"),
    ONE_OFFER("ONEOF0000F", "9000000004", "One offer only"),
    OFFERS_EXPIRE("QCKXP0000Q", "9000000005", "The offers are valid for `waits.short-validity` only, then `EXPIRED`"),
    CONSENT_FIRST(
            "AAFST0000A",
            "9000000006",
            "`AA_REQUIRED` comes before the offers, for both types, and not again after them"),
    KYC_FAILS_ONCE("KYCRT0000K", "9000000007", "The first identity check fails with retryable diagnostics"),
    KYC_FAILS(
            "KYCNO0000K",
            "9000000008",
            "The identity check fails for good: step `FAILED`, not retryable, then `REJECTED`"),
    MANDATE_FAILS_ONCE(
            "MNDRT0000M",
            "9000000009",
            "The first bank account is refused with retryable diagnostics (personal loans only; a gold loan goes well)"),
    BANK_CANCELS(
            "EMCNL0000E", "9000000010", "The bank's page of the e-mandate cancels the first time, whatever is pressed"),
    NEVER_HEARD_OF(
            "NEWST0000N",
            "9000000011",
            "A status and a next action that nobody documented (`VIDEO_CALL_SCHEDULED`, `ATTEND_VIDEO_CALL`), later a step "
                    + "with such an `actionRequired` (`SCAN_DOCUMENT`); each passes by itself after `waits.unknown`"),
    LONG_PROCESSING("LNGPR0000L", "9000000012", "Stays in `LENDER_PROCESSING` for `waits.long-processing`"),
    JOURNEY_EXPIRES(
            "XPIRD0000X",
            "9000000013",
            "From the first step on the lender does not come to it: `EXPIRED` after `waits.short-validity`, submitted or not"),
    MISSED_EMI("MSDEM0000M", "9000000014", "Disbursed weeks ago: the first EMI of the schedule is `MISSED`"),
    PROFILE_INCOMPLETE(
            "PRFIN0000P",
            "9000000015",
            "The lender wants `address.addressL2` as well: back to `PROFILE_REQUIRED`, whose completeness names it");

    private final String pan;
    private final String contactNumber;
    private final String meaning;

    Outcome(String pan, String contactNumber, String meaning) {
        this.pan = pan;
        this.contactNumber = contactNumber;
        this.meaning = meaning;
    }

    public String pan() {
        return pan;
    }

    /** Ten digits; the platform takes them with and without {@code +91}. */
    public String contactNumber() {
        return contactNumber;
    }

    public String meaning() {
        return meaning;
    }

    /** The outcome of these data: the PAN's, else the mobile number's, else none. */
    public static Optional<Outcome> of(JsonNode data) {
        String pan = data.at("/profile/pan").asString("");
        String number = data.at("/profile/contactNumber").asString("").replaceFirst("^\\+91", "");
        return find(outcome -> outcome.pan.equals(pan))
                .or(() -> find(outcome -> outcome.contactNumber().equals(number)));
    }

    private static Optional<Outcome> find(Predicate<Outcome> wanted) {
        return Arrays.stream(values()).filter(wanted).findFirst();
    }
}

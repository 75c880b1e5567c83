package dev.borrowerjourney.sandbox.platform;

import java.util.Arrays;
import java.util.List;

/**
 * Every path and value that the platform's public documentation does not give. A real integration that differs is
 * played by changing it here; the README shows this table, and a test keeps the two alike.
 */
public final class Assumptions {

    /** One line of the table. */
    record Row(String name, String value, String meaning) {}

    @Assumed("Renews a session; API key; the old refresh token dies on use")
    public static final String SESSION_REFRESH_PATH = "/api/v1/headless/sessions/refresh";

    @Assumed("Lists the offers of a journey")
    public static final String OFFERS_PATH = "/api/v1/headless/journeys/{journeyID}/offers";

    @Assumed("Goes on with an offer")
    public static final String PROCEED_PATH = "/api/v1/headless/offers/{offerID}/proceed";

    @Assumed("Lists the steps of an offer; the short path is documented, the prefix is not")
    public static final String STEPS_PATH = "/api/v1/headless/offers/{offerID}/steps";

    @Assumed("Submits a step; a redirect step is submitted with an empty object once the borrower is back")
    public static final String STEP_SUBMIT_PATH = "/api/v1/headless/offers/{offerID}/steps/{stepID}/submit";

    @Assumed("Opens, or finds again, the Account Aggregator session of a journey")
    public static final String AA_SESSIONS_PATH = "/api/v1/headless/journeys/{journeyID}/aa/sessions";

    @Assumed("Reads an Account Aggregator session")
    public static final String AA_SESSION_PATH = "/api/v1/headless/aa/sessions/{aaSessionID}";

    @Assumed("Reads the repayment schedule")
    public static final String POST_DISBURSAL_PATH = "/api/v1/headless/journeys/{journeyID}/post-disbursal";

    @Assumed("Starts a post-disbursal action; one at a time")
    public static final String POST_DISBURSAL_ACTIONS_PATH =
            "/api/v1/headless/journeys/{journeyID}/post-disbursal/actions";

    @Assumed("Says that an answer is the stored one of an earlier call with the same Idempotency-Key")
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    @Assumed("How long an answer is kept for its Idempotency-Key; only 2xx answers are kept")
    public static final String IDEMPOTENCY_RETENTION = "24h";

    @Assumed("How many answers are kept for a borrower; the oldest goes first")
    public static final String IDEMPOTENCY_ANSWERS = "32";

    @Assumed("400, a mutating headless call without Idempotency-Key")
    public static final String IDEMPOTENCY_KEY_REQUIRED = "IDEMPOTENCY_KEY_REQUIRED";

    @Assumed("400, an Idempotency-Key that is not 1 to 255 printable ASCII characters")
    public static final String IDEMPOTENCY_KEY_INVALID = "IDEMPOTENCY_KEY_INVALID";

    @Assumed("422, the key was used for another method, path or body")
    public static final String IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";

    @Assumed("409, the first call with this key is still running")
    public static final String IDEMPOTENCY_IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS";

    @Assumed("400, anything in the request that cannot be read or is not valid")
    public static final String INVALID_REQUEST = "INVALID_REQUEST";

    @Assumed("401, no bearer token")
    public static final String TOKEN_REQUIRED = "TOKEN_REQUIRED";

    @Assumed("401, a session token where the API key belongs, or the other way round")
    public static final String WRONG_TOKEN_KIND = "WRONG_TOKEN_KIND";

    @Assumed("401, an API key that is none")
    public static final String INVALID_API_KEY = "INVALID_API_KEY";

    @Assumed("401, a session token that is none, or whose session was ended")
    public static final String INVALID_SESSION_TOKEN = "INVALID_SESSION_TOKEN";

    @Assumed("401, a session token past its sessionExpiresAt")
    public static final String SESSION_EXPIRED = "SESSION_EXPIRED";

    @Assumed("401, a refresh token that is none, has expired, or whose session was ended")
    public static final String INVALID_REFRESH_TOKEN = "INVALID_REFRESH_TOKEN";

    @Assumed("401, a refresh token used before; its session is ended")
    public static final String REFRESH_TOKEN_REUSED = "REFRESH_TOKEN_REUSED";

    @Assumed("403, a tenant or application that is not the API key's")
    public static final String OUT_OF_SCOPE = "OUT_OF_SCOPE";

    @Assumed("404, no such path, journey, offer, step or session of this borrower")
    public static final String NOT_FOUND = "NOT_FOUND";

    @Assumed("409, the journey is not where this call belongs")
    public static final String WRONG_STATE = "WRONG_STATE";

    @Assumed("409, another offer of the journey was proceeded with")
    public static final String OFFER_LOCKED = "OFFER_LOCKED";

    @Assumed("409, the offer is past its validUntil")
    public static final String OFFER_EXPIRED = "OFFER_EXPIRED";

    @Assumed("422, the profile lacks what a lender needs; the message names the fields")
    public static final String PROFILE_INCOMPLETE = "PROFILE_INCOMPLETE";

    @Assumed("410, a redirect page past its expiry; reading the step again makes a fresh URL")
    public static final String PAGE_EXPIRED = "PAGE_EXPIRED";

    @Assumed("500, a fault of the sandbox itself")
    public static final String INTERNAL_ERROR = "INTERNAL_ERROR";

    @Assumed("429 with Retry-After in seconds; only on request, by the switch tooManyRequests")
    public static final String TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS";

    @Assumed("The profile fields without which POST /profile/submit is refused")
    public static final String REQUIRED_PROFILE = "contactNumber,pan,panName,dob";

    @Assumed("Life of a session token")
    public static final String SESSION_LIFETIME = "30m";

    @Assumed("Life of a refresh token")
    public static final String REFRESH_LIFETIME = "24h";

    @Assumed("How long an offer can be proceeded with; then the journey is EXPIRED")
    public static final String OFFER_VALIDITY = "30m";

    @Assumed("Life of a redirect URL; each read makes a fresh one")
    public static final String REDIRECT_LIFETIME = "10m";

    @Assumed("The query parameter that tells a redirect page where to send the borrower back")
    public static final String RETURN_URL_PARAMETER = "returnURL";

    @Assumed("Unit of X-AL-Webhook-Timestamp: SECONDS, MILLIS or ISO")
    public static final String WEBHOOK_TIMESTAMP = "SECONDS";

    @Assumed("A receiver that takes longer has failed")
    public static final String WEBHOOK_TIMEOUT = "10s";

    @Assumed("Wait before the first retry; doubled each time, jittered by half")
    public static final String WEBHOOK_RETRY_INITIAL = "1s";

    @Assumed("Longest wait between two retries")
    public static final String WEBHOOK_RETRY_MAXIMUM = "15m";

    @Assumed("After this a snapshot is given up")
    public static final String WEBHOOK_RETRY_FOR = "3d";

    @Assumed("The sequence counts from here over all borrowers; the documented sample's value, and no time")
    public static final long SEQUENCE_BASE = 1_741_179_022_100L;

    @Assumed("Prefix of a session token; tokens are opaque and no JWT")
    public static final String SESSION_TOKEN_PREFIX = "hst_";

    @Assumed("Prefix of a refresh token")
    public static final String REFRESH_TOKEN_PREFIX = "hrt_";

    @Assumed("The query parameter in which the borrower comes back with done, cancelled or failed")
    public static final String RESULT_PARAMETER = "result";

    @Assumed("Diagnostics of the step KYC; it can be repeated")
    public static final String KYC_MISMATCH = "KYC_MISMATCH";

    @Assumed("Diagnostics of the step KYC; it cannot be repeated, and the journey ends REJECTED")
    public static final String KYC_REFUSED = "KYC_REFUSED";

    @Assumed("Diagnostics of the step BANK_MANDATE; it can be repeated")
    public static final String ACCOUNT_NAME_MISMATCH = "ACCOUNT_NAME_MISMATCH";

    @Assumed("Diagnostics of a redirect step whose page was left without agreeing; it can be repeated")
    public static final String PAGE_CANCELLED = "PAGE_CANCELLED";

    @Assumed("Diagnostics of a redirect step whose page could not do its work; it can be repeated")
    public static final String PAGE_FAILED = "PAGE_FAILED";

    @Assumed("Next action in PROFILE_REQUIRED")
    public static final String NEXT_COMPLETE_PROFILE = "COMPLETE_PROFILE";

    @Assumed("Next action while the platform or a lender is at work")
    public static final String NEXT_WAIT = "WAIT";

    @Assumed("Next action in AA_REQUIRED")
    public static final String NEXT_COMPLETE_AA = "COMPLETE_AA";

    @Assumed("Next action in KYC_PENDING")
    public static final String NEXT_COMPLETE_KYC = "COMPLETE_KYC";

    @Assumed("Next action in BANK_MANDATE_PENDING")
    public static final String NEXT_SET_UP_BANK_MANDATE = "SET_UP_BANK_MANDATE";

    @Assumed("Next action in E_MANDATE_PENDING")
    public static final String NEXT_SET_UP_E_MANDATE = "SET_UP_E_MANDATE";

    @Assumed("Next action in LOAN_AGREEMENT_PENDING")
    public static final String NEXT_SIGN_LOAN_AGREEMENT = "SIGN_LOAN_AGREEMENT";

    @Assumed("Next action in DISBURSED")
    public static final String NEXT_VIEW_LOAN = "VIEW_LOAN";

    @Assumed("actionRequired of a step that waits for the borrower on a page of the platform")
    public static final String STEP_OPEN_REDIRECT = "OPEN_REDIRECT";

    @Assumed("actionRequired of a step that waits for the borrower's entries")
    public static final String STEP_SUBMIT_FORM = "SUBMIT_FORM";

    @Assumed("actionRequired of a step that is being checked")
    public static final String STEP_WAIT = "WAIT";

    @Assumed("issuer.trigger of a new journey")
    public static final String TRIGGER_STARTED = "journey.started";

    @Assumed("issuer.trigger of what happens to the profile")
    public static final String TRIGGER_PROFILE = "journey.profile.updated";

    @Assumed("issuer.trigger of the next step")
    public static final String TRIGGER_STEP = "journey.step.updated";

    @Assumed("issuer.trigger of what the chosen lender does")
    public static final String TRIGGER_LENDER = "journey.lender.updated";

    @Assumed("issuer.trigger of payments after disbursal")
    public static final String TRIGGER_REPAYMENT = "journey.repayment.updated";

    @Assumed("issuer.trigger of any other change of status")
    public static final String TRIGGER_STATUS = "journey.status.updated";

    private Assumptions() {}

    static List<Row> rows() {
        return Arrays.stream(Assumptions.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Assumed.class))
                .map(field -> {
                    try {
                        return new Row(
                                field.getName(),
                                String.valueOf(field.get(null)),
                                field.getAnnotation(Assumed.class).value());
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}

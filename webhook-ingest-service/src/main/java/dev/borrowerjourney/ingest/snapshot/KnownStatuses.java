package dev.borrowerjourney.ingest.snapshot;

import java.util.Set;

/** The statuses that are documented today. The set is open: others pass, and are counted. */
final class KnownStatuses {

    static final Set<String> ALL = Set.of(
            "STARTED",
            "PROFILE_REQUIRED",
            "PROFILE_SUBMITTED",
            "OFFERS_PENDING",
            "OFFERS_AVAILABLE",
            "OFFER_SELECTED",
            "AA_REQUIRED",
            "KYC_PENDING",
            "BANK_MANDATE_PENDING",
            "E_MANDATE_PENDING",
            "LOAN_AGREEMENT_PENDING",
            "LENDER_PROCESSING",
            "DISBURSED",
            "REJECTED",
            "EXPIRED",
            "CLOSED");

    private KnownStatuses() {}
}

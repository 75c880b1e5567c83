package dev.borrowerjourney.session.reconciliation;

/** How often a journey is worth a look. */
enum Pace {
    /** The borrower is at a step. */
    ACTIVE,
    /** The lender or the platform is at work. */
    PASSIVE,
    /** The borrower decides, or there is nothing to wait for. */
    QUIET,
    /** Nothing more is to come. */
    OVER,
    /** The platform does not know it any more. */
    GONE;

    /** A status that is not known may be anything, so it is waited for. */
    static Pace of(String status) {
        return switch (status) {
            case "PROFILE_REQUIRED",
                    "AA_REQUIRED",
                    "KYC_PENDING",
                    "BANK_MANDATE_PENDING",
                    "E_MANDATE_PENDING",
                    "LOAN_AGREEMENT_PENDING" -> ACTIVE;
            case "STARTED", "OFFERS_AVAILABLE", "DISBURSED" -> QUIET;
            case "REJECTED", "EXPIRED", "CLOSED" -> OVER;
            default -> PASSIVE;
        };
    }
}

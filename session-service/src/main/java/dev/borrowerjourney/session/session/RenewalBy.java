package dev.borrowerjourney.session.session;

/** How the platform's session of a borrower is renewed. */
enum RenewalBy {
    /** By creating or resuming it anew, which the platform documents. */
    REBOOTSTRAP,

    /** By its refresh token; where that is missing, expired or refused, as above. */
    REFRESH_ENDPOINT
}

package dev.borrowerjourney.notifier.identity;

/** What the claims of an authentic token say about its borrower. */
sealed interface Identification {

    record Identified(Borrower borrower) implements Identification {}

    /**
     * @param reason a sentence for the partner's developers; never holds the value it complains about
     */
    record Rejected(String reason) implements Identification {}
}

package dev.borrowerjourney.sandbox.platform.borrower;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;

/** What a lender would lend. Spelled as the platform spells it, because it is written as it stands. */
public record Offer(
        String offerID,
        String lender,
        BigDecimal amount,
        String currency,
        BigDecimal interestRatePercent,
        BigDecimal aprPercent,
        int tenureMonths,
        BigDecimal emi,
        BigDecimal processingFee,
        URI keyFactsURL,
        Instant validUntil,
        Status status) {

    public enum Status {
        AVAILABLE,
        PROCEEDED,
        BLOCKED,
        EXPIRED
    }

    public Offer with(Status changed) {
        return new Offer(
                offerID,
                lender,
                amount,
                currency,
                interestRatePercent,
                aprPercent,
                tenureMonths,
                emi,
                processingFee,
                keyFactsURL,
                validUntil,
                changed);
    }
}

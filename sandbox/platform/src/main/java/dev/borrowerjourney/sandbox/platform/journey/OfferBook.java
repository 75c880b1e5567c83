package dev.borrowerjourney.sandbox.platform.journey;

import dev.borrowerjourney.sandbox.platform.PublicAddress;
import dev.borrowerjourney.sandbox.platform.borrower.Instalment;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The offers of three invented lenders, the same for everybody, with instalments that add up. */
@Component
class OfferBook {

    private static final BigDecimal TWELVE_HUNDRED = new BigDecimal(1200);
    private final PublicAddress address;

    OfferBook(PublicAddress address) {
        this.address = address;
    }

    List<Offer> made(Instant validUntil) {
        return List.of(
                offer("Banyan Finance", "250000.00", "13.50", "15.12", 24, "4999.00", validUntil),
                offer("Cedar Credit", "200000.00", "14.25", "16.40", 36, "3500.00", validUntil),
                offer("Deodar Capital", "300000.00", "12.75", "14.05", 48, "7499.50", validUntil));
    }

    static List<Offer> chosen(List<Offer> offers, String offerId) {
        return offers.stream()
                .map(offer ->
                        offer.with(offer.offerID().equals(offerId) ? Offer.Status.PROCEEDED : Offer.Status.BLOCKED))
                .toList();
    }

    static List<Offer> expired(List<Offer> offers) {
        return offers.stream().map(offer -> offer.with(Offer.Status.EXPIRED)).toList();
    }

    static List<Instalment> schedule(Offer offer, LocalDate disbursed) {
        return IntStream.rangeClosed(1, offer.tenureMonths())
                .mapToObj(number ->
                        new Instalment(number, disbursed.plusMonths(number), offer.emi(), Instalment.Status.DUE))
                .toList();
    }

    private Offer offer(
            String lender, String amount, String rate, String apr, int months, String fee, Instant validUntil) {
        String id = UUID.randomUUID().toString();
        return new Offer(
                id,
                lender,
                new BigDecimal(amount),
                "INR",
                new BigDecimal(rate),
                new BigDecimal(apr),
                months,
                emi(new BigDecimal(amount), new BigDecimal(rate), months),
                new BigDecimal(fee),
                address.url("/pages/key-facts/" + id),
                validUntil,
                Offer.Status.AVAILABLE);
    }

    /** The level instalment of an annuity: P r (1 + r)^n / ((1 + r)^n - 1). */
    private static BigDecimal emi(BigDecimal principal, BigDecimal annualPercent, int months) {
        BigDecimal rate = annualPercent.divide(TWELVE_HUNDRED, MathContext.DECIMAL64);
        BigDecimal growth = BigDecimal.ONE.add(rate).pow(months, MathContext.DECIMAL64);
        return principal
                .multiply(rate)
                .multiply(growth)
                .divide(growth.subtract(BigDecimal.ONE), MathContext.DECIMAL64)
                .setScale(2, RoundingMode.HALF_UP);
    }
}

package dev.borrowerjourney.sandbox.platform.journey;

import dev.borrowerjourney.sandbox.platform.PublicAddress;
import dev.borrowerjourney.sandbox.platform.borrower.Instalment;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The offers of invented lenders, the same for everybody, with instalments and yearly rates that add up. */
@Component
class OfferBook {

    private static final List<Terms> PERSONAL = List.of(
            new Terms("Banyan Finance", "250000.00", "13.50", 24, "4999.00"),
            new Terms("Cedar Credit", "200000.00", "14.25", 36, "3500.00"),
            new Terms("Deodar Capital", "300000.00", "12.75", 48, "7499.50"),
            new Terms("Banyan Finance", "400000.00", "13.95", 60, "7999.00"));

    /** Secured by jewellery, so for less interest. */
    private static final List<Terms> GOLD = List.of(
            new Terms("Banyan Finance", "150000.00", "9.60", 24, "750.00"),
            new Terms("Cedar Credit", "180000.00", "10.20", 12, "900.00"),
            new Terms("Elm Gold Loans", "165000.00", "9.90", 36, "1200.00"));

    private final PublicAddress address;

    OfferBook(PublicAddress address) {
        this.address = address;
    }

    private record Terms(String lender, String amount, String rate, int months, String fee) {}

    List<Offer> made(Journey journey, Instant validUntil) {
        List<Terms> all = journey.type().equals("GOLD_LOAN") ? GOLD : PERSONAL;
        return all.stream()
                .limit(journey.goes(Outcome.ONE_OFFER) ? 1 : all.size())
                .map(terms -> offer(terms, validUntil))
                .toList();
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

    /** An instalment a month; what should have been paid before today was missed. */
    static List<Instalment> schedule(Offer offer, LocalDate disbursed, LocalDate today) {
        return IntStream.rangeClosed(1, offer.tenureMonths())
                .mapToObj(number ->
                        new Instalment(number, disbursed.plusMonths(number), offer.emi(), Instalment.Status.DUE))
                .map(instalment -> instalment.dueDate().isBefore(today) ? instalment.missed() : instalment)
                .toList();
    }

    private Offer offer(Terms terms, Instant validUntil) {
        String id = UUID.randomUUID().toString();
        BigDecimal amount = new BigDecimal(terms.amount());
        BigDecimal rate = new BigDecimal(terms.rate());
        BigDecimal fee = new BigDecimal(terms.fee());
        BigDecimal emi = Annuity.emi(amount, rate, terms.months());
        return new Offer(
                id,
                terms.lender(),
                amount,
                "INR",
                rate,
                Annuity.annualPercent(amount.subtract(fee), emi, terms.months()),
                terms.months(),
                emi,
                fee,
                address.url("/pages/key-facts/" + id),
                validUntil,
                Offer.Status.AVAILABLE);
    }
}

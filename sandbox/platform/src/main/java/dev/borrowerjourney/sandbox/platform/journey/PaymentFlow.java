package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_VIEW_LOAN;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_LENDER;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_REPAYMENT;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Instalment;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.borrower.Payment;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Disbursal, and what the borrower can do after it. */
@Component
class PaymentFlow {

    private static final int DAYS_TO_MISS_ONE_EMI = 40;

    private final SnapshotRecorder snapshots;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    PaymentFlow(SnapshotRecorder snapshots, PlatformClock clock, SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.waits = properties.waits();
    }

    Borrower disbursed(Borrower borrower, Journey journey) {
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        LocalDate since = journey.goes(Outcome.MISSED_EMI) ? today.minusDays(DAYS_TO_MISS_ONE_EMI) : today;
        List<Instalment> schedule = journey.selectedOffer()
                .map(offer -> OfferBook.schedule(offer, since, today))
                .orElse(List.of());
        return snapshots.moved(borrower, journey.withRepayment(schedule), "DISBURSED", NEXT_VIEW_LOAN, TRIGGER_LENDER);
    }

    /** Takes the borrower's wish; the amount counts only where the borrower may choose it. */
    Borrower start(Borrower borrower, Journey journey, Payment.Action action, @Nullable BigDecimal amount) {
        if (!journey.status().equals("DISBURSED")) {
            throw wrongState("The journey is not disbursed.");
        }
        if (journey.due() != null) {
            throw wrongState("Another action is still being settled.");
        }
        BigDecimal paid =
                switch (action) {
                    case PRE_PART_PAYMENT -> part(journey, amount);
                    case FORECLOSURE -> sum(journey.repayment().stream().filter(Instalment::open));
                    case MISSED_EMI_PAYMENT -> missed(journey);
                };
        List<Payment> payments = new ArrayList<>(journey.payments());
        payments.add(new Payment(UUID.randomUUID().toString(), action, paid, Payment.Status.PROCESSING));
        return borrower.with(journey.withPayments(payments)
                .waitingFor(new Due(Due.What.PAYMENT_SETTLED, clock.in(waits.payment()))));
    }

    Borrower settled(Borrower borrower, Journey journey) {
        Payment payment = journey.payments().getLast();
        List<Payment> payments = new ArrayList<>(journey.payments());
        payments.set(payments.size() - 1, payment.completed());
        Journey paid = journey.withPayments(payments).withRepayment(repaid(journey.repayment(), payment));
        return payment.action() == Payment.Action.FORECLOSURE
                ? snapshots.moved(borrower, paid, "CLOSED", null, TRIGGER_REPAYMENT)
                : snapshots.changed(borrower, paid, TRIGGER_REPAYMENT);
    }

    private static BigDecimal part(Journey journey, @Nullable BigDecimal amount) {
        if (amount == null) {
            throw invalid("amount is required.");
        }
        if (amount.compareTo(sum(journey.repayment().stream().filter(PaymentFlow::due))) >= 0) {
            throw invalid("amount must be less than what is not due yet; FORECLOSURE pays everything.");
        }
        return amount;
    }

    private static BigDecimal missed(Journey journey) {
        BigDecimal missed = sum(journey.repayment().stream().filter(PaymentFlow::missed));
        if (missed.signum() == 0) {
            throw wrongState("No EMI was missed.");
        }
        return missed;
    }

    private static List<Instalment> repaid(List<Instalment> schedule, Payment payment) {
        return switch (payment.action()) {
            case FORECLOSURE -> schedule.stream().map(Instalment::paid).toList();
            case MISSED_EMI_PAYMENT ->
                schedule.stream()
                        .map(instalment -> missed(instalment) ? instalment.paid() : instalment)
                        .toList();
            case PRE_PART_PAYMENT -> shortened(schedule, payment.amount());
        };
    }

    /** A part payment pays from the end, so that the loan ends earlier and the EMI stays. */
    private static List<Instalment> shortened(List<Instalment> schedule, @Nullable BigDecimal amount) {
        List<Instalment> shortened = new ArrayList<>(schedule);
        BigDecimal left = amount == null ? BigDecimal.ZERO : amount;
        for (int i = shortened.size() - 1; i >= 0 && left.signum() > 0; i--) {
            Instalment last = shortened.get(i);
            if (due(last)) {
                BigDecimal part = left.min(last.amount());
                shortened.set(i, part.compareTo(last.amount()) == 0 ? last.paid() : last.less(part));
                left = left.subtract(part);
            }
        }
        return shortened;
    }

    private static boolean due(Instalment instalment) {
        return instalment.status() == Instalment.Status.DUE;
    }

    private static boolean missed(Instalment instalment) {
        return instalment.status() == Instalment.Status.MISSED;
    }

    private static BigDecimal sum(Stream<Instalment> instalments) {
        return instalments.map(Instalment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

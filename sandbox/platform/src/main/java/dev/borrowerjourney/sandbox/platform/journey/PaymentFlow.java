package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Instalment;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Payment;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Disbursal, and what the borrower can do after it. */
@Component
class PaymentFlow {

    private static final String REPAYMENT = "journey.repayment.updated";

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
        List<Instalment> schedule = journey.selectedOffer()
                .map(offer -> OfferBook.schedule(offer, today))
                .orElse(List.of());
        return snapshots.moved(
                borrower, journey.withRepayment(schedule), "DISBURSED", "VIEW_LOAN", "journey.lender.updated");
    }

    Borrower start(Borrower borrower, Journey journey, Payment.Action action, @Nullable BigDecimal amount) {
        if (!journey.status().equals("DISBURSED")) {
            throw wrongState("The journey is not disbursed.");
        }
        if (journey.due() != null) {
            throw wrongState("Another action is still being settled.");
        }
        if (action == Payment.Action.PRE_PART_PAYMENT && amount == null) {
            throw invalid("amount is required.");
        }
        List<Payment> payments = new ArrayList<>(journey.payments());
        payments.add(new Payment(UUID.randomUUID().toString(), action, amount, Payment.Status.PROCESSING));
        return borrower.with(journey.withPayments(payments)
                .waitingFor(new Due(Due.What.PAYMENT_SETTLED, clock.in(waits.payment()))));
    }

    Borrower settled(Borrower borrower, Journey journey) {
        Payment payment = journey.payments().getLast();
        List<Payment> payments = new ArrayList<>(journey.payments());
        payments.set(payments.size() - 1, payment.completed());
        Journey paid = journey.withPayments(payments).withRepayment(repaid(journey.repayment(), payment));
        return payment.action() == Payment.Action.FORECLOSURE
                ? snapshots.moved(borrower, paid, "CLOSED", null, REPAYMENT)
                : snapshots.changed(borrower, paid, REPAYMENT);
    }

    /** A part payment pays whole instalments from the end; what is left of it is not kept account of. */
    private static List<Instalment> repaid(List<Instalment> schedule, Payment payment) {
        List<Instalment> repaid = new ArrayList<>(schedule);
        switch (payment.action()) {
            case FORECLOSURE -> repaid.replaceAll(Instalment::paid);
            case MISSED_EMI_PAYMENT -> {
                for (int i = 0; i < repaid.size(); i++) {
                    if (repaid.get(i).status() == Instalment.Status.DUE) {
                        repaid.set(i, repaid.get(i).paid());
                        break;
                    }
                }
            }
            case PRE_PART_PAYMENT -> {
                BigDecimal left = payment.amount() == null ? BigDecimal.ZERO : payment.amount();
                for (int i = repaid.size() - 1; i >= 0; i--) {
                    Instalment last = repaid.get(i);
                    if (last.status() == Instalment.Status.DUE && left.compareTo(last.amount()) >= 0) {
                        repaid.set(i, last.paid());
                        left = left.subtract(last.amount());
                    }
                }
            }
        }
        return repaid;
    }
}

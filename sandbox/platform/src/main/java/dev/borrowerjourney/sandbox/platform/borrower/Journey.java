package dev.borrowerjourney.sandbox.platform.borrower;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One borrower's way to one loan.
 *
 * @param nextAction null while there is nothing to do for anybody
 * @param updatedAt the last change of status or next action
 * @param aaSessionId null until somebody opened the Account Aggregator session
 * @param due null while only the borrower can move the journey on
 * @param outcome how it goes; null until the borrower sent data, and for data of no row while nothing is drawn
 */
public record Journey(
        String journeyId,
        String type,
        String status,
        @Nullable String nextAction,
        Instant createdAt,
        Instant updatedAt,
        List<Offer> offers,
        List<Step> steps,
        @Nullable String aaSessionId,
        List<Instalment> repayment,
        List<Payment> payments,
        @Nullable Due due,
        @Nullable Outcome outcome) {

    private static final Set<String> OVER = Set.of("REJECTED", "EXPIRED", "CLOSED");

    public static Journey started(String journeyId, String type, Instant at) {
        return new Journey(
                journeyId, type, "STARTED", null, at, at, List.of(), List.of(), null, List.of(), List.of(), null, null);
    }

    public boolean goes(Outcome wanted) {
        return outcome == wanted;
    }

    public boolean over() {
        return OVER.contains(status);
    }

    public Optional<Offer> selectedOffer() {
        return offers.stream()
                .filter(offer -> offer.status() == Offer.Status.PROCEEDED)
                .findFirst();
    }

    public Optional<Offer> offer(String offerId) {
        return offers.stream().filter(offer -> offer.offerID().equals(offerId)).findFirst();
    }

    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.stepId().equals(stepId)).findFirst();
    }

    public Optional<Step> firstStep(Step.Status wanted) {
        return steps.stream().filter(step -> step.status() == wanted).findFirst();
    }

    public Journey moved(String toStatus, @Nullable String toNextAction, Instant at) {
        return new Journey(
                journeyId,
                type,
                toStatus,
                toNextAction,
                createdAt,
                at,
                offers,
                steps,
                aaSessionId,
                repayment,
                payments,
                due,
                outcome);
    }

    public Journey going(@Nullable Outcome chosen) {
        return new Journey(
                journeyId,
                type,
                status,
                nextAction,
                createdAt,
                updatedAt,
                offers,
                steps,
                aaSessionId,
                repayment,
                payments,
                due,
                chosen);
    }

    public Journey waitingFor(@Nullable Due next) {
        return copy(offers, steps, aaSessionId, repayment, payments, next);
    }

    public Journey withOffers(List<Offer> changed) {
        return copy(List.copyOf(changed), steps, aaSessionId, repayment, payments, due);
    }

    public Journey withSteps(List<Step> changed) {
        return copy(offers, List.copyOf(changed), aaSessionId, repayment, payments, due);
    }

    public Journey withStep(Step changed) {
        return withSteps(replaced(steps, step -> step.stepId().equals(changed.stepId()) ? changed : step));
    }

    public Journey withAaSession(String id) {
        return copy(offers, steps, id, repayment, payments, due);
    }

    public Journey withRepayment(List<Instalment> changed) {
        return copy(offers, steps, aaSessionId, List.copyOf(changed), payments, due);
    }

    public Journey withPayments(List<Payment> changed) {
        return copy(offers, steps, aaSessionId, repayment, List.copyOf(changed), due);
    }

    private static <T> List<T> replaced(List<T> all, UnaryOperator<T> change) {
        return all.stream().map(change).toList();
    }

    private Journey copy(
            List<Offer> withOffers,
            List<Step> withSteps,
            @Nullable String withAaSession,
            List<Instalment> withRepayment,
            List<Payment> withPayments,
            @Nullable Due withDue) {
        return new Journey(
                journeyId,
                type,
                status,
                nextAction,
                createdAt,
                updatedAt,
                withOffers,
                withSteps,
                withAaSession,
                withRepayment,
                withPayments,
                withDue,
                outcome);
    }
}

package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_WAIT;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_LENDER;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_STEP;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.Step.Diagnostics;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import dev.borrowerjourney.sandbox.platform.call.Members;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the steps follow one another until the lenders, or the chosen lender, take over. */
@Component
public class StepFlow {

    private final SnapshotRecorder snapshots;
    private final OfferFlow offers;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    StepFlow(SnapshotRecorder snapshots, OfferFlow offers, PlatformClock clock, SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.offers = offers;
        this.clock = clock;
        this.waits = properties.waits();
    }

    /**
     * What there is to do for the offer: a gold loan is secured, so nobody reads the borrower's accounts, and its lender
     * visits for the mandate. Nobody consents twice.
     */
    static List<Step> planned(Journey journey) {
        Stream<StepKind> kinds = journey.type().equals("GOLD_LOAN")
                ? Stream.of(StepKind.KYC, StepKind.E_MANDATE, StepKind.LOAN_AGREEMENT)
                : Stream.of(StepKind.values());
        List<StepKind> known = journey.steps().stream().map(Step::kind).toList();
        return Stream.concat(
                        journey.steps().stream(),
                        kinds.filter(kind -> !known.contains(kind)).map(StepFlow::pending))
                .toList();
    }

    /** Takes what the borrower entered, or that the borrower is back from the page; the entries are not kept. */
    public Borrower submit(Borrower borrower, Journey journey, Step step, Members input) {
        refuseOutOfTurn(journey, step);
        StepForms.check(step.kind(), input);
        Journey submitted = journey.withStep(step.submitted());
        return borrower.with(expires(journey) ? submitted : submitted.waitingFor(checked(step.kind())));
    }

    /** Takes that the page of a redirect step did not do its work; the borrower may go there again. */
    public Borrower cameBack(Borrower borrower, Journey journey, Step step, Diagnostics reason) {
        refuseOutOfTurn(journey, step);
        return borrower.with(journey.withStep(step.submitted().with(Step.Status.ACTION_REQUIRED, reason)));
    }

    /** Asks for consent before any lender is asked. */
    Borrower consentFirst(Borrower borrower, Journey journey) {
        return next(borrower, journey.withSteps(List.of(pending(StepKind.AA_CONSENT))));
    }

    /** Ends the check of the step that was submitted, and asks for the next one. */
    Borrower next(Borrower borrower, Journey journey) {
        Optional<Step> checked = journey.firstStep(Step.Status.PROCESSING);
        if (checked.isEmpty()) {
            return onward(borrower, journey);
        }
        Step step = checked.get();
        return StepChecks.failure(journey, step)
                .map(reason -> borrower.with(failed(journey, step, reason)))
                .orElseGet(() -> onward(borrower, journey.withStep(step.with(Step.Status.COMPLETED, null))));
    }

    private Journey failed(Journey journey, Step step, Diagnostics reason) {
        return reason.retryable()
                ? journey.withStep(step.with(Step.Status.ACTION_REQUIRED, reason))
                : journey.withStep(step.with(Step.Status.FAILED, reason))
                        .waitingFor(new Due(Due.What.REJECTED, clock.in(waits.rejection())));
    }

    private Borrower onward(Borrower borrower, Journey journey) {
        Optional<Step> pending = journey.firstStep(Step.Status.PENDING);
        if (pending.isPresent()) {
            return asked(borrower, journey, pending.get());
        }
        return journey.selectedOffer().isEmpty() ? offers.search(borrower, journey) : processing(borrower, journey);
    }

    private Borrower asked(Borrower borrower, Journey journey, Step step) {
        StepKind kind = step.kind();
        Journey asking =
                journey.withStep(step.with(Step.Status.ACTION_REQUIRED, null)).waitingFor(meanwhile(journey, kind));
        return snapshots.moved(borrower, asking, kind.status(), kind.nextAction(), TRIGGER_STEP);
    }

    private @Nullable Due meanwhile(Journey journey, StepKind kind) {
        if (journey.goes(Outcome.JOURNEY_EXPIRES)) {
            return new Due(Due.What.JOURNEY_EXPIRED, clock.in(waits.shortValidity()));
        }
        return journey.goes(Outcome.NEVER_HEARD_OF) && kind == StepKind.KYC
                ? new Due(Due.What.UNKNOWN_PASSED, clock.in(waits.unknown()))
                : null;
    }

    private Borrower processing(Borrower borrower, Journey journey) {
        Duration wait = journey.goes(Outcome.LONG_PROCESSING) ? waits.longProcessing() : waits.lenderProcessing();
        return snapshots.moved(
                borrower,
                journey.waitingFor(new Due(Due.What.DISBURSED, clock.in(wait))),
                "LENDER_PROCESSING",
                NEXT_WAIT,
                TRIGGER_LENDER);
    }

    private static void refuseOutOfTurn(Journey journey, Step step) {
        if (journey.over() || step.status() != Step.Status.ACTION_REQUIRED || Views.unheardOf(journey, step)) {
            throw wrongState("The step does not wait for the borrower.");
        }
    }

    private static boolean expires(Journey journey) {
        Due due = journey.due();
        return due != null && due.what() == Due.What.JOURNEY_EXPIRED;
    }

    private Due checked(StepKind kind) {
        Duration wait =
                switch (kind) {
                    case AA_CONSENT -> waits.aaCheck();
                    case KYC -> waits.kycCheck();
                    case BANK_MANDATE -> waits.bankMandateCheck();
                    case E_MANDATE -> waits.eMandateCheck();
                    case LOAN_AGREEMENT -> waits.loanAgreementCheck();
                };
        return new Due(Due.What.STEP_CHECKED, clock.in(wait));
    }

    private static Step pending(StepKind kind) {
        return new Step(UUID.randomUUID().toString(), kind, Step.Status.PENDING, null, 0);
    }
}

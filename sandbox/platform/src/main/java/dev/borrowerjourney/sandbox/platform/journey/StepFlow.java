package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.KYC_RETRY_PAN;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import dev.borrowerjourney.sandbox.platform.call.Members;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How the steps of a chosen offer follow one another until the lender takes over. */
@Component
public class StepFlow {

    private static final String STEP = "journey.step.updated";

    private final SnapshotRecorder snapshots;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    StepFlow(SnapshotRecorder snapshots, PlatformClock clock, SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.waits = properties.waits();
    }

    /** A gold loan is secured, so nobody reads the borrower's accounts, and its lender visits for the mandate. */
    List<Step> planned(String type) {
        List<StepKind> kinds = type.equals("GOLD_LOAN")
                ? List.of(StepKind.KYC, StepKind.E_MANDATE, StepKind.LOAN_AGREEMENT)
                : List.of(StepKind.values());
        return kinds.stream()
                .map(kind -> new Step(UUID.randomUUID().toString(), kind, Step.Status.PENDING, null, 0))
                .toList();
    }

    /** Takes what the borrower entered, or that the borrower is back from the page; the entries are not kept. */
    public Borrower submit(Borrower borrower, Journey journey, Step step, Members input) {
        if (step.status() != Step.Status.ACTION_REQUIRED) {
            throw wrongState("The step does not wait for the borrower.");
        }
        StepForms.check(step.kind(), input);
        Duration wait =
                switch (step.kind()) {
                    case AA_CONSENT -> waits.aaCheck();
                    case KYC -> waits.kycCheck();
                    case BANK_MANDATE -> waits.bankMandateCheck();
                    case E_MANDATE -> waits.eMandateCheck();
                    case LOAN_AGREEMENT -> waits.loanAgreementCheck();
                };
        return borrower.with(
                journey.withStep(step.submitted()).waitingFor(new Due(Due.What.STEP_CHECKED, clock.in(wait))));
    }

    /** Completes the step that was being checked, and asks for the next one. */
    Borrower next(Borrower borrower, Journey journey) {
        Optional<Step> checked = first(journey, Step.Status.PROCESSING);
        if (checked.isPresent() && failsKyc(borrower, checked.get())) {
            Step.Diagnostics reason = new Step.Diagnostics("KYC_MISMATCH", "The document could not be read.", true);
            return borrower.with(journey.withStep(checked.get().with(Step.Status.ACTION_REQUIRED, reason)));
        }
        Journey done = checked.map(step -> journey.withStep(step.with(Step.Status.COMPLETED, null)))
                .orElse(journey);
        return first(done, Step.Status.PENDING)
                .map(step -> snapshots.moved(
                        borrower,
                        done.withStep(step.with(Step.Status.ACTION_REQUIRED, null)),
                        step.kind().status(),
                        step.kind().nextAction(),
                        STEP))
                .orElseGet(() -> snapshots.moved(
                        borrower,
                        done.waitingFor(new Due(Due.What.DISBURSED, clock.in(waits.lenderProcessing()))),
                        "LENDER_PROCESSING",
                        "WAIT",
                        "journey.lender.updated"));
    }

    private static Optional<Step> first(Journey journey, Step.Status status) {
        return journey.steps().stream().filter(step -> step.status() == status).findFirst();
    }

    private static boolean failsKyc(Borrower borrower, Step step) {
        return step.kind() == StepKind.KYC
                && step.attempts() == 1
                && KYC_RETRY_PAN.equals(borrower.data().at("/profile/pan").asString(""));
    }
}

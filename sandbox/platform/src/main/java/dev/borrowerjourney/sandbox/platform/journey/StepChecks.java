package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.ACCOUNT_NAME_MISMATCH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.KYC_MISMATCH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.KYC_REFUSED;

import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.Step.Diagnostics;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import java.util.List;
import java.util.Optional;

/** What lenders find when they look at a step. */
final class StepChecks {

    private static final List<Failure> FAILURES = List.of(
            new Failure(
                    Outcome.KYC_FAILS_ONCE,
                    StepKind.KYC,
                    1,
                    new Diagnostics(KYC_MISMATCH, "The document could not be read.", true)),
            new Failure(
                    Outcome.KYC_FAILS,
                    StepKind.KYC,
                    Integer.MAX_VALUE,
                    new Diagnostics(KYC_REFUSED, "The identity could not be confirmed.", false)),
            new Failure(
                    Outcome.MANDATE_FAILS_ONCE,
                    StepKind.BANK_MANDATE,
                    1,
                    new Diagnostics(ACCOUNT_NAME_MISMATCH, "The account is in another name.", true)));

    private StepChecks() {}

    /**
     * One thing that goes wrong.
     *
     * @param attempts how many attempts it fails
     */
    private record Failure(Outcome outcome, StepKind kind, int attempts, Diagnostics reason) {}

    /** Why the attempt that was submitted fails; empty if it does not. */
    static Optional<Diagnostics> failure(Journey journey, Step step) {
        return FAILURES.stream()
                .filter(failure -> journey.goes(failure.outcome()) && failure.kind() == step.kind())
                .filter(failure -> step.attempts() <= failure.attempts())
                .map(Failure::reason)
                .findFirst();
    }
}

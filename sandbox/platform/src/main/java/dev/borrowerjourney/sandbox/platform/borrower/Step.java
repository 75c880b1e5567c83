package dev.borrowerjourney.sandbox.platform.borrower;

import org.jspecify.annotations.Nullable;

/**
 * One thing the lender asks of the borrower.
 *
 * @param attempts how often it was submitted
 */
public record Step(
        String stepId,
        StepKind kind,
        Status status,
        @Nullable Diagnostics diagnostics,
        int attempts) {

    public enum Status {
        PENDING,
        ACTION_REQUIRED,
        PROCESSING,
        COMPLETED,
        FAILED
    }

    /** Why an attempt failed, as the platform shows it. */
    public record Diagnostics(String code, String message, boolean retryable) {}

    public Step with(Status changed, @Nullable Diagnostics reason) {
        return new Step(stepId, kind, changed, reason, attempts);
    }

    public Step submitted() {
        return new Step(stepId, kind, Status.PROCESSING, null, attempts + 1);
    }
}

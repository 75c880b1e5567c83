package dev.borrowerjourney.sandbox.platform.borrower;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A post-disbursal action that the borrower started. */
public record Payment(
        String actionId, Action action, @Nullable BigDecimal amount, Status status) {

    public enum Action {
        PRE_PART_PAYMENT,
        FORECLOSURE,
        MISSED_EMI_PAYMENT
    }

    public enum Status {
        PROCESSING,
        COMPLETED
    }

    public Payment completed() {
        return new Payment(actionId, action, amount, Status.COMPLETED);
    }
}

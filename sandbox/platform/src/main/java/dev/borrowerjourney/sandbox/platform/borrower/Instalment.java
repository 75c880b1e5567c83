package dev.borrowerjourney.sandbox.platform.borrower;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One line of the repayment schedule. */
public record Instalment(int number, LocalDate dueDate, BigDecimal amount, Status status) {

    public enum Status {
        DUE,
        /** The due date went by. */
        MISSED,
        PAID
    }

    public boolean open() {
        return status != Status.PAID;
    }

    public Instalment missed() {
        return new Instalment(number, dueDate, amount, Status.MISSED);
    }

    /** What is left of it after a part was paid. */
    public Instalment less(BigDecimal part) {
        return new Instalment(number, dueDate, amount.subtract(part), status);
    }

    public Instalment paid() {
        return new Instalment(number, dueDate, amount, Status.PAID);
    }
}

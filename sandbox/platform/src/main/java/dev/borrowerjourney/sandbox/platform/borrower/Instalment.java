package dev.borrowerjourney.sandbox.platform.borrower;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One line of the repayment schedule. */
public record Instalment(int number, LocalDate dueDate, BigDecimal amount, Status status) {

    public enum Status {
        DUE,
        PAID
    }

    public Instalment paid() {
        return new Instalment(number, dueDate, amount, Status.PAID);
    }
}

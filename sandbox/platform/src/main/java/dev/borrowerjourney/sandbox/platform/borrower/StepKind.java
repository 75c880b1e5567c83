package dev.borrowerjourney.sandbox.platform.borrower;

import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_COMPLETE_AA;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_COMPLETE_KYC;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_SET_UP_BANK_MANDATE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_SET_UP_E_MANDATE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_SIGN_LOAN_AGREEMENT;

/** The steps, each with the status and next action of a journey that waits for it. */
public enum StepKind {
    AA_CONSENT("AA_REQUIRED", NEXT_COMPLETE_AA, true),
    KYC("KYC_PENDING", NEXT_COMPLETE_KYC, false),
    BANK_MANDATE("BANK_MANDATE_PENDING", NEXT_SET_UP_BANK_MANDATE, false),
    E_MANDATE("E_MANDATE_PENDING", NEXT_SET_UP_E_MANDATE, true),
    LOAN_AGREEMENT("LOAN_AGREEMENT_PENDING", NEXT_SIGN_LOAN_AGREEMENT, true);

    private final String status;
    private final String nextAction;
    private final boolean redirect;

    StepKind(String status, String nextAction, boolean redirect) {
        this.status = status;
        this.nextAction = nextAction;
        this.redirect = redirect;
    }

    public String status() {
        return status;
    }

    public String nextAction() {
        return nextAction;
    }

    /** Whether the borrower is sent to a page; the others are forms. */
    public boolean redirect() {
        return redirect;
    }
}

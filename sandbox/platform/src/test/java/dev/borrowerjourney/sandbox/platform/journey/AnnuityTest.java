package dev.borrowerjourney.sandbox.platform.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AnnuityTest {

    @Test
    void paysALoanBackInLevelInstalments() {
        assertThat(Annuity.emi(new BigDecimal("100000"), new BigDecimal("12"), 12))
                .isEqualTo("8884.88");
    }

    @Test
    void findsTheRateThatItWasMadeWith() {
        BigDecimal amount = new BigDecimal("300000");
        BigDecimal emi = Annuity.emi(amount, new BigDecimal("12.75"), 48);

        assertThat(Annuity.annualPercent(amount, emi, 48)).isEqualTo("12.75");
        assertThat(Annuity.annualPercent(amount.subtract(new BigDecimal("6000")), emi, 48))
                .isBetween(new BigDecimal("13.70"), new BigDecimal("14.00"));
    }
}

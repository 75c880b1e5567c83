package dev.borrowerjourney.sandbox.platform.journey;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Level monthly instalments. */
final class Annuity {

    private static final BigDecimal TWELVE_HUNDRED = new BigDecimal(1200);
    private static final int HALVINGS = 60;

    private Annuity() {}

    /** P r (1 + r)^n / ((1 + r)^n - 1), in paise. */
    static BigDecimal emi(BigDecimal principal, BigDecimal annualPercent, int months) {
        BigDecimal rate = annualPercent.divide(TWELVE_HUNDRED, MathContext.DECIMAL64);
        BigDecimal growth = BigDecimal.ONE.add(rate).pow(months, MathContext.DECIMAL64);
        return principal
                .multiply(rate)
                .multiply(growth)
                .divide(growth.subtract(BigDecimal.ONE), MathContext.DECIMAL64)
                .setScale(2, RoundingMode.HALF_UP);
    }

    /** The yearly rate at which what the borrower really gets is worth these instalments: with the fee taken off, the APR. */
    static BigDecimal annualPercent(BigDecimal received, BigDecimal emi, int months) {
        double low = 0;
        double high = 10;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean tooLittle = worth(emi.doubleValue(), middle / 12, months) < received.doubleValue();
            low = tooLittle ? low : middle;
            high = tooLittle ? middle : high;
        }
        return BigDecimal.valueOf(low * 100).setScale(2, RoundingMode.HALF_UP);
    }

    private static double worth(double emi, double monthly, int months) {
        return monthly == 0 ? emi * months : emi * (1 - Math.pow(1 + monthly, -months)) / monthly;
    }
}

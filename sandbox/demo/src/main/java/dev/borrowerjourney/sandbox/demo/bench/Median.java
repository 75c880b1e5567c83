package dev.borrowerjourney.sandbox.demo.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of several runs, and how far they lie apart. */
record Median(double value, double spread) {

    private static final double MOST_SPREAD = 0.3;

    static <T> Median of(List<T> runs, ToDoubleFunction<T> figure) {
        var sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Median(middle, (sorted[sorted.length - 1] - sorted[0]) / middle);
    }

    /** Why a limit of such runs is none, or nothing if it is one. */
    List<String> complaints() {
        return spread <= MOST_SPREAD
                ? List.of()
                : List.of(
                        "limit: varies by %.0f %% (expected: at most %.0f)".formatted(spread * 100, MOST_SPREAD * 100));
    }
}

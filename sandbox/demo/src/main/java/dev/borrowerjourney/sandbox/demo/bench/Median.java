package dev.borrowerjourney.sandbox.demo.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of several runs, and how far they lie apart. */
record Median(double value, double spread) {

    static <T> Median of(List<T> runs, ToDoubleFunction<T> figure) {
        var sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Median(middle, (sorted[sorted.length - 1] - sorted[0]) / middle);
    }
}

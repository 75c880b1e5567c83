package dev.borrowerjourney.session.testing;

import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** Reads what the management port tells of metrics. */
public final class Metrics {

    private Metrics() {}

    /** The values of the lines that are asked for, in their order. */
    public static DoubleStream values(String scrape, Predicate<String> line) {
        return scrape.lines()
                .filter(line)
                .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' '))));
    }
}

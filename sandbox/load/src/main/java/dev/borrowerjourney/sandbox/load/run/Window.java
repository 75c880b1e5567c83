package dev.borrowerjourney.sandbox.load.run;

import org.HdrHistogram.Histogram;

/**
 * What happened between two looks at a run.
 *
 * @param acknowledged answered as the run is for, such as deliveries with 202
 * @param seconds how long the window was
 * @param latencyMicros of the acknowledged: in the open loop from the due time, in the closed loop from the sending
 * @param latenessMicros in the open loop, how late the generator noticed that something was due
 */
public record Window(long acknowledged, double seconds, Histogram latencyMicros, Histogram latenessMicros) {

    public double perSecond() {
        return acknowledged / seconds;
    }

    public double latencyMillis(double percentile) {
        return latencyMicros.getValueAtPercentile(percentile) / 1e3;
    }

    public double latenessMillis(double percentile) {
        return latenessMicros.getValueAtPercentile(percentile) / 1e3;
    }
}

package dev.borrowerjourney.notifier.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** The names under which the stream is measured. */
final class StreamMetrics {

    private final MeterRegistry meters;
    private final Timer delay;

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.delay = Timer.builder("notifier.stream.delay")
                .description("from our receipt of what caused a change to its writing to a connection")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .publishPercentileHistogram(false)
                .register(meters);
        // Known from the start, so that an alert on their rate sees the first one.
        for (var reason : CloseReason.values()) {
            closed(reason.name());
        }
        closed("DISCONNECTED");
    }

    void connections(Supplier<Number> open) {
        Gauge.builder("notifier.stream.connections", open).strongReference(true).register(meters);
    }

    void wrote(StreamEvent event) {
        var kind = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        meters.counter("notifier.stream.events", "event", kind).increment();
    }

    void delayed(Duration time) {
        delay.record(time.isNegative() ? Duration.ZERO : time);
    }

    Counter closed(String reason) {
        return meters.counter("notifier.stream.closed", "reason", reason);
    }

    Counter refused(Opening.Reason reason) {
        return meters.counter("notifier.stream.refused", "reason", reason.name());
    }

    /** All connections had their present state read again. */
    Counter refreshed(String cause) {
        return meters.counter("notifier.stream.refreshes", "cause", cause);
    }

    /** Records of the topic of changes: shown to somebody, of no interest to anybody here, or unreadable. */
    Counter changes(String outcome) {
        return meters.counter("notifier.stream.changes", "outcome", outcome);
    }
}

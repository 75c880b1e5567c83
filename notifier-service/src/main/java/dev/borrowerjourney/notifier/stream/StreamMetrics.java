package dev.borrowerjourney.notifier.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The names under which the stream is measured. */
final class StreamMetrics {

    private final MeterRegistry meters;
    private final Timer delay;
    private final Map<Class<?>, Counter> events;
    private final Map<Streams.Shown, Counter> changes;
    private final Counter unreadable;

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
        this.events = Arrays.stream(StreamEvent.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(
                        kind -> kind, kind -> counter("events", "event", kind.getSimpleName())));
        this.changes = Arrays.stream(Streams.Shown.values())
                .collect(Collectors.toUnmodifiableMap(
                        outcome -> outcome, outcome -> counter("changes", "outcome", outcome.name())));
        this.unreadable = counter("changes", "outcome", "unreadable");
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
        Objects.requireNonNull(events.get(event.getClass())).increment();
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

    /** Records of the topic of changes that could be read. */
    Counter changes(Streams.Shown outcome) {
        return Objects.requireNonNull(changes.get(outcome));
    }

    /** Records of the topic of changes that could not. */
    Counter unreadable() {
        return unreadable;
    }

    private Counter counter(String name, String tag, String value) {
        return meters.counter("notifier.stream." + name, tag, value.toLowerCase(Locale.ROOT));
    }
}

package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.device.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The names under which notifications are measured. */
final class NotificationMetrics {

    private final MeterRegistry meters;
    private final Timer delay;
    private volatile Duration behind = Duration.ZERO;
    private volatile Duration overdue = Duration.ZERO;
    private volatile Duration unpublished = Duration.ZERO;

    NotificationMetrics(MeterRegistry meters) {
        this.meters = meters;
        delay = Timer.builder("notifier.notification.delay")
                .description("from when a notification was due to its acceptance by a push service")
                .serviceLevelObjectives(
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        Duration.ofHours(12))
                .register(meters);
        Gauge.builder("notifier.notification.behind", () -> behind.toMillis() / 1000.0)
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        Gauge.builder("notifier.notification.overdue", () -> overdue.toMillis() / 1000.0)
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        Gauge.builder("notifier.notification.unpublished", () -> unpublished.toMillis() / 1000.0)
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        // Known from the start, so that an alert on their rate sees the first one.
        for (var heard : Heard.values()) {
            heard(heard);
        }
        for (var what : SetAside.values()) {
            setAside(what);
        }
        for (var channel : Channel.values()) {
            for (var outcome : Outcome.values()) {
                attempts(channel, outcome);
            }
        }
    }

    /** What became of a record of the topic of changes. */
    enum Heard {
        /** It calls for a push. */
        CALLS,
        /** It does not. */
        INDIFFERENT,
        /** It would have, but its time to live had passed when it was heard. */
        EXPIRED,
        /** It could not be read, and was passed over. */
        UNREADABLE
    }

    /** What is put away because it would be in the way for ever. */
    enum SetAside {
        /** A notification that no instance understood until its time to live had passed. */
        NOTIFICATION,
        /** An outcome that the topic never takes. */
        OUTCOME
    }

    Counter setAside(SetAside what) {
        return meters.counter("notifier.notification.set.aside", "what", what.name());
    }

    Counter heard(Heard heard) {
        return meters.counter("notifier.notification.heard", "outcome", heard.name());
    }

    /** How old the oldest change is that is being heard; zero once it was. */
    void behind(Duration age) {
        behind = age;
    }

    void added(int rows) {
        meters.counter("notifier.notification.added").increment(rows);
    }

    Counter attempts(Channel channel, Outcome outcome) {
        return meters.counter("notifier.notification.attempts", "channel", channel.name(), "outcome", outcome.name());
    }

    void deferred(int rows) {
        meters.counter("notifier.notification.deferred").increment(rows);
    }

    /** What a worker has done came too late: another one was at it already. */
    void fenced() {
        meters.counter("notifier.notification.fenced").increment();
    }

    void accepted(Duration sinceDue) {
        delay.record(sinceDue.isNegative() ? Duration.ZERO : sinceDue);
    }

    void waiting(Duration forWorker, Duration forPublication) {
        overdue = forWorker;
        unpublished = forPublication;
    }
}

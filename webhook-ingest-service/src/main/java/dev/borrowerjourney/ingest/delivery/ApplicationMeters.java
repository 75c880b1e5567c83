package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.snapshot.QuarantineReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of one application's deliveries, each looked up once: a look-up costs more than the count. */
final class ApplicationMeters {

    private record Other(String name, String value) {}

    private final MeterRegistry meters;
    private final String application;
    private final Map<Enum<?>, Counter> deliveries = new ConcurrentHashMap<>();
    private final Map<Other, Counter> others = new ConcurrentHashMap<>();
    private final Timer platformDelay;

    ApplicationMeters(MeterRegistry meters, String application) {
        this.meters = meters;
        this.application = application;
        this.platformDelay = Timer.builder("ingest.platform-delay")
                .description("From the platform's making of a snapshot to its arrival here")
                .tag("application", application)
                .serviceLevelObjectives(DeliveryMetrics.BUCKETS)
                .register(meters);
    }

    /** Makes every series of deliveries now, so that an alert on an increase sees the first one of its kind. */
    ApplicationMeters complete() {
        delivery(Outcome.PUBLISHED, Outcome.PUBLISHED);
        for (var reason : QuarantineReason.values()) {
            delivery(Outcome.QUARANTINED, reason);
        }
        for (var refusal : Refusal.values()) {
            delivery(Outcome.REFUSED, refusal);
        }
        for (var postponement : Postponement.values()) {
            delivery(Outcome.POSTPONED, postponement);
        }
        return this;
    }

    void answered(Receipt receipt) {
        var outcome = Outcome.of(receipt);
        var reason =
                switch (receipt) {
                    case Receipt.Published() -> outcome;
                    case Receipt.Quarantined(var quarantined) -> quarantined;
                    case Receipt.Refused refused -> refused.refusal();
                    case Receipt.Postponed(var postponement) -> postponement;
                };
        delivery(outcome, reason).increment();
    }

    void delayed(Duration platformDelay) {
        this.platformDelay.record(platformDelay);
    }

    void count(String name, double amount) {
        others.computeIfAbsent(new Other(name, ""), _ -> meters.counter(name, "application", application))
                .increment(amount);
    }

    void count(String name, String tag, String value) {
        others.computeIfAbsent(
                        new Other(name, value), _ -> meters.counter(name, "application", application, tag, value))
                .increment();
    }

    private Counter delivery(Outcome outcome, Enum<?> reason) {
        var counter = deliveries.get(reason);
        return counter != null ? counter : deliveries.computeIfAbsent(reason, _ -> register(outcome, reason));
    }

    private Counter register(Outcome outcome, Enum<?> reason) {
        return Counter.builder("ingest.deliveries")
                .description("Deliveries by what became of them")
                .tags("application", application, "outcome", outcome.tag())
                .tag("reason", reason == Outcome.PUBLISHED ? "NONE" : reason.name())
                .register(meters);
    }
}

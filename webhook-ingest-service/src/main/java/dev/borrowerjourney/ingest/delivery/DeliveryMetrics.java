package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import dev.borrowerjourney.ingest.snapshot.Snapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts what became of deliveries. Tags come from settings and enums only, so nobody outside can make new ones. */
final class DeliveryMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(8),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry meters;
    private final Set<UUID> applications;

    DeliveryMetrics(MeterRegistry meters, Set<UUID> applications, InFlight inFlight) {
        this.meters = meters;
        this.applications = Set.copyOf(applications);
        Gauge.builder("ingest.in-flight.bytes", inFlight, InFlight::bytes)
                .description("Bytes of all bodies being worked on")
                .baseUnit("bytes")
                .register(meters);
    }

    void answered(@Nullable UUID applicationId, Receipt receipt, Duration took) {
        var outcome = outcome(receipt);
        meters.counter(
                        "ingest.deliveries",
                        "application",
                        application(applicationId),
                        "outcome",
                        outcome,
                        "reason",
                        reason(receipt))
                .increment();
        Timer.builder("ingest.acknowledgement")
                .description("From the arrival of a delivery to its answer")
                .tag("outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(took);
    }

    void fresh(UUID applicationId, Freshness freshness) {
        if (freshness != Freshness.FRESH) {
            meters.counter("ingest.untimely", "application", applicationId.toString(), "freshness", freshness.name())
                    .increment();
        }
    }

    void disagreed(UUID applicationId, String header) {
        meters.counter("ingest.header-disagreements", "application", applicationId.toString(), "header", header)
                .increment();
    }

    void read(UUID applicationId, Snapshot snapshot, Duration platformDelay) {
        var application = applicationId.toString();
        if (snapshot.unreadDetails() > 0) {
            meters.counter("ingest.unread-details", "application", application).increment(snapshot.unreadDetails());
        }
        if (snapshot.unknownStatuses() > 0) {
            meters.counter("ingest.unknown-statuses", "application", application)
                    .increment(snapshot.unknownStatuses());
        }
        Timer.builder("ingest.platform-delay")
                .description("From the platform's making of a snapshot to its arrival here")
                .tag("application", application)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(platformDelay.isNegative() ? Duration.ZERO : platformDelay);
    }

    private String application(@Nullable UUID applicationId) {
        return applicationId != null && applications.contains(applicationId) ? applicationId.toString() : "unknown";
    }

    private static String outcome(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Published() -> "published";
            case Receipt.Quarantined quarantined -> "quarantined";
            case Receipt.Refused refused -> "refused";
            case Receipt.Postponed postponed -> "postponed";
        };
    }

    private static String reason(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Published() -> "NONE";
            case Receipt.Quarantined(var reason) -> reason.name();
            case Receipt.Refused refused -> refused.refusal().name();
            case Receipt.Postponed(var postponement) -> postponement.name();
        };
    }
}

package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import dev.borrowerjourney.ingest.snapshot.Snapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what became of deliveries. Tags come from settings and enums only, so nobody outside can make new ones. */
final class DeliveryMetrics {

    static final Duration[] BUCKETS = {
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

    private final Map<UUID, ApplicationMeters> applications;
    private final ApplicationMeters unknown;
    private final SecretMeters secrets;
    private final Map<Outcome, Timer> acknowledgements = new EnumMap<>(Outcome.class);
    private final Map<UUID, AtomicReference<Instant>> authentic = new ConcurrentHashMap<>();

    DeliveryMetrics(MeterRegistry meters, Set<UUID> applications, InFlight inFlight, Clock clock) {
        this.applications = applications.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), id -> new ApplicationMeters(meters, id.toString()).complete()));
        this.unknown = new ApplicationMeters(meters, "unknown");
        this.secrets = new SecretMeters(meters);
        Arrays.stream(Outcome.values())
                .forEach(outcome -> acknowledgements.put(outcome, acknowledgement(meters, outcome)));
        applications.forEach(id -> silence(meters, id, clock));
        gauge(meters, "ingest.in-flight.bytes", inFlight, InFlight::bytes, "Bytes of all bodies being worked on");
        gauge(meters, "ingest.in-flight.most.bytes", inFlight, InFlight::mostBytes, "The bound of these bytes");
        gauge(meters, "ingest.in-flight.requests", inFlight, InFlight::requests, "Deliveries that wait for the log");
        gauge(meters, "ingest.in-flight.most.requests", inFlight, InFlight::mostRequests, "The bound of these");
    }

    /** @param claimed null if the headers name no application */
    void answered(@Nullable UUID claimed, Receipt receipt, Duration took) {
        of(claimed).answered(receipt);
        Objects.requireNonNull(acknowledgements.get(Outcome.of(receipt))).record(took);
    }

    void live(Map<UUID, ApplicationKeys> keys) {
        secrets.follow(keys);
    }

    void verified(UUID applicationId, WebhookSecret secret, Instant at) {
        secrets.verified(applicationId, secret.id(), at);
        var last = authentic.get(applicationId);
        if (last != null) {
            last.set(at);
        }
    }

    void fresh(UUID applicationId, Freshness freshness) {
        if (freshness != Freshness.FRESH) {
            of(applicationId).count("ingest.untimely", "freshness", freshness.name());
        }
    }

    void disagreed(UUID applicationId, String header) {
        of(applicationId).count("ingest.header-disagreements", "header", header);
    }

    void read(UUID applicationId, Snapshot snapshot, Duration platformDelay) {
        var application = of(applicationId);
        if (snapshot.unreadDetails() > 0) {
            application.count("ingest.unread-details", snapshot.unreadDetails());
        }
        if (snapshot.unknownStatuses() > 0) {
            application.count("ingest.unknown-statuses", snapshot.unknownStatuses());
        }
        application.delayed(platformDelay.isNegative() ? Duration.ZERO : platformDelay);
    }

    private ApplicationMeters of(@Nullable UUID applicationId) {
        return applicationId == null ? unknown : applications.getOrDefault(applicationId, unknown);
    }

    private void silence(MeterRegistry meters, UUID applicationId, Clock clock) {
        var last = new AtomicReference<>(clock.instant());
        authentic.put(applicationId, last);
        Gauge.builder("ingest.silence", last, since -> seconds(Duration.between(since.get(), clock.instant())))
                .description("Since the last authentic delivery here, or since the start if there was none")
                .baseUnit("seconds")
                .tag("application", applicationId.toString())
                .register(meters);
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis() / 1000.0);
    }

    private static Timer acknowledgement(MeterRegistry meters, Outcome outcome) {
        return Timer.builder("ingest.acknowledgement")
                .description("From the arrival of a delivery to its answer")
                .tag("outcome", outcome.tag())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static void gauge(
            MeterRegistry meters,
            String name,
            InFlight inFlight,
            ToDoubleFunction<InFlight> value,
            String description) {
        Gauge.builder(name, inFlight, value)
                .description(description)
                .baseUnit(name.endsWith("bytes") ? "bytes" : null)
                .register(meters);
    }
}

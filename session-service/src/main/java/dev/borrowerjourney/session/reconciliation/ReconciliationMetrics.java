package dev.borrowerjourney.session.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What polling found, what it took, and what it could not do. */
final class ReconciliationMetrics {

    private final MeterRegistry meters;
    private final Map<UUID, Double> overdue = new ConcurrentHashMap<>();

    ReconciliationMetrics(MeterRegistry meters, List<UUID> applications, double requestsPerSecond) {
        this.meters = meters;
        for (var application : applications) {
            Gauge.builder("session.reconciliation.overdue", () -> overdue.getOrDefault(application, 0.0))
                    .baseUnit("seconds")
                    .tag("application", application.toString())
                    .register(meters);
            Gauge.builder("session.reconciliation.budget", () -> requestsPerSecond)
                    .tag("application", application.toString())
                    .register(meters);
            // There from the start, so that an alert can tell none from unknown.
            divergence(application);
        }
    }

    /** What became of one call of polling. */
    void asked(UUID applicationId, String outcome) {
        meters.counter("session.reconciliation.requests", "application", applicationId.toString(), "outcome", outcome)
                .increment();
    }

    void published(boolean settling) {
        meters.counter("session.reconciliation.published", "kind", settling ? "settling" : "ordinary")
                .increment();
    }

    void unpublished() {
        meters.counter("session.reconciliation.unpublished").increment();
    }

    /** A look told another state than the read model showed. */
    void diverged(UUID applicationId) {
        divergence(applicationId).increment();
    }

    void pollFirst(Duration lead) {
        lead("poll").record(lead);
    }

    void webhookFirst(Duration lead) {
        lead("webhook").record(lead);
    }

    void dropped() {
        meters.counter("session.reconciliation.dropped").increment();
    }

    void overdue(Map<UUID, Double> seconds) {
        overdue.keySet().retainAll(seconds.keySet());
        overdue.putAll(seconds);
    }

    private Counter divergence(UUID applicationId) {
        return meters.counter("session.reconciliation.divergence", "application", applicationId.toString());
    }

    private Timer lead(String first) {
        return Timer.builder("session.reconciliation.lead")
                .tag("first", first)
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }
}

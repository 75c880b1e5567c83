package dev.borrowerjourney.session.subscription;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What log, metrics and health say of one application's subscription. */
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final UUID applicationId;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Instant begun;
    private volatile Current current;

    Standing(UUID applicationId, MeterRegistry meters, Clock clock) {
        this.applicationId = applicationId;
        this.meters = meters;
        this.clock = clock;
        this.begun = clock.instant();
        this.current = new Current(State.UNKNOWN, null, begun, null);
        // Registered now, so that the first repair and the first failure are seen as a rise from zero.
        repairs(0);
        for (var failure : Failure.values()) {
            failed(failure, 0);
        }
        Gauge.builder("session.subscription.drift", this, Standing::drift)
                .tag("application", applicationId.toString())
                .register(meters);
        TimeGauge.builder("session.subscription.age", this, TimeUnit.MILLISECONDS, Standing::ageMillis)
                .tag("application", applicationId.toString())
                .register(meters);
    }

    /**
     * How it stands now.
     *
     * @param failure what went wrong at the last look, or null
     * @param since since when state and failure are as they are
     * @param confirmedAt when the platform last told where it sends, or null if it never did
     */
    record Current(
            State state,
            @Nullable Failure failure,
            Instant since,
            @Nullable Instant confirmedAt) {}

    UUID applicationId() {
        return applicationId;
    }

    Current current() {
        return current;
    }

    void note(Finding finding) {
        var now = clock.instant();
        var before = current;
        var changed = before.state() != finding.state() || before.failure() != finding.failure();
        current = new Current(
                finding.state(),
                finding.failure(),
                changed ? now : before.since(),
                finding.state() == State.UNKNOWN ? before.confirmedAt() : now);
        if (finding.state() == State.REPAIRED) {
            repairs(1);
        }
        if (finding.failure() != null) {
            failed(finding.failure(), 1);
        }
        if (changed) {
            log(finding);
        }
    }

    private void log(Finding finding) {
        switch (finding.state()) {
            case IN_STEP -> LOG.info("Webhook subscription of application {}: IN_STEP", applicationId);
            case REPAIRED ->
                LOG.warn("Webhook subscription of application {}: REPAIRED, it was another one or none", applicationId);
            case DRIFTED, UNKNOWN ->
                LOG.warn(
                        "Webhook subscription of application {}: {}, {}",
                        applicationId,
                        finding.state(),
                        finding.failure() == null ? "repair is off" : finding.failure());
        }
    }

    private void repairs(int more) {
        meters.counter("session.subscription.repairs", "application", applicationId.toString())
                .increment(more);
    }

    private void failed(Failure failure, int more) {
        meters.counter(
                        "session.subscription.failures",
                        "application",
                        applicationId.toString(),
                        "reason",
                        failure.tag())
                .increment(more);
    }

    private double drift() {
        return switch (current.state()) {
            case IN_STEP, REPAIRED -> 0;
            case DRIFTED -> 1;
            case UNKNOWN -> Double.NaN;
        };
    }

    private double ageMillis() {
        var confirmedAt = current.confirmedAt();
        return Duration.between(confirmedAt == null ? begun : confirmedAt, clock.instant())
                .toMillis();
    }
}

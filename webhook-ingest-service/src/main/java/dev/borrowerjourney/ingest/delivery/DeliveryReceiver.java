package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponed;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Published;
import dev.borrowerjourney.ingest.delivery.Receipt.Quarantined;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.delivery.Receipt.Refused;
import dev.borrowerjourney.ingest.snapshot.Envelope;
import dev.borrowerjourney.ingest.snapshot.Reading.Illegible;
import dev.borrowerjourney.ingest.snapshot.Reading.Legible;
import dev.borrowerjourney.ingest.snapshot.Snapshot;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Publishes what the platform signed, and nothing else. */
final class DeliveryReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryReceiver.class);

    private final Watched<Map<UUID, ApplicationKeys>> keys;
    private final SnapshotReader reader;
    private final DeliveryRecords records;
    private final HeaderNames names;
    private final FreshnessRule freshness;
    private final boolean refuseHeaderDisagreement;
    private final Snapshots snapshots;
    private final Deadlines deadlines;
    private final DeliveryMetrics metrics;
    private final OutageLog outages = new OutageLog(LOG);

    DeliveryReceiver(
            Watched<Map<UUID, ApplicationKeys>> keys,
            SnapshotReader reader,
            DeliveryRecords records,
            IngestProperties.Webhook settings,
            Snapshots snapshots,
            Deadlines deadlines,
            DeliveryMetrics metrics) {
        this.deadlines = deadlines;
        this.keys = keys;
        this.reader = reader;
        this.records = records;
        this.names = settings.headers();
        this.freshness = new FreshnessRule(settings.freshness(), settings.tolerance());
        this.refuseHeaderDisagreement = settings.refuseHeaderDisagreement();
        this.snapshots = snapshots;
        this.metrics = metrics;
    }

    /** Whether there is a secret that could verify a delivery of this application. */
    boolean knows(UUID applicationId) {
        return keys.current().containsKey(applicationId);
    }

    /** Answers within the patience, whatever the log does. */
    Mono<Receipt> receive(Delivery delivery, Duration patience) {
        var application = keys.current().get(delivery.headers().applicationId());
        if (application == null) {
            return refused(Refusal.UNKNOWN_APPLICATION);
        }
        var signer = application.signerOf(delivery);
        if (signer.isEmpty()) {
            return refused(Refusal.FORGED);
        }
        metrics.verified(application.applicationId(), signer.get(), delivery.receivedAt());
        var authentic = authentic(delivery, application, signer.get());
        return Mono.defer(() -> take(authentic))
                .timeout(deadlines.after(patience))
                .onErrorResume(failure -> Mono.just(postponed(failure)));
    }

    private Authentic authentic(Delivery delivery, ApplicationKeys application, WebhookSecret signer) {
        var signedAt = SignedAt.read(delivery.headers().timestamp()).orElse(null);
        return new Authentic(delivery, application, signer, signedAt, freshness.judge(signedAt, delivery.receivedAt()));
    }

    private Mono<Receipt> take(Authentic authentic) {
        var reading = reader.read(authentic.delivery().body());
        var keys = authentic.keys();
        if (differs(reading.envelope().tenantId(), keys.tenantId())
                || differs(reading.envelope().applicationId(), keys.applicationId())) {
            return refused(Refusal.FOREIGN_BODY);
        }
        if (disagrees(authentic, reading.envelope()) && refuseHeaderDisagreement) {
            return refused(Refusal.HEADERS_DISAGREE);
        }
        metrics.fresh(keys.applicationId(), authentic.freshness());
        if (freshness.refuses(authentic.freshness())) {
            return refused(Refusal.NOT_FRESH);
        }
        return switch (reading) {
            case Legible legible -> publish(authentic, legible.snapshot());
            case Illegible illegible -> quarantine(authentic, illegible);
        };
    }

    private Mono<Receipt> publish(Authentic authentic, Snapshot snapshot) {
        var delivery = authentic.delivery();
        var made = Objects.requireNonNullElse(snapshot.time(), delivery.receivedAt());
        metrics.read(authentic.keys().applicationId(), snapshot, Duration.between(made, delivery.receivedAt()));
        return snapshots
                .publish(records.snapshot(authentic.evidence(), snapshot), delivery.origin())
                .thenReturn(new Published());
    }

    private Mono<Receipt> quarantine(Authentic authentic, Illegible illegible) {
        var quarantined = records.quarantined(authentic.evidence(), illegible);
        LOG.atWarn()
                .addKeyValue(
                        CorrelationId.MDC_KEY, authentic.delivery().origin().correlationId())
                .log(
                        "Event {} of application {} is authentic and cannot be read: {}. It goes to quarantine.",
                        quarantined.getEventId(),
                        quarantined.getApplicationId(),
                        illegible.reason());
        return snapshots
                .quarantine(quarantined, authentic.delivery().origin())
                .thenReturn(new Quarantined(illegible.reason()));
    }

    private boolean disagrees(Authentic authentic, Envelope envelope) {
        var headers = authentic.delivery().headers();
        var applicationId = authentic.keys().applicationId();
        var tenant = !headers.tenantId().equals(authentic.keys().tenantId());
        var event = envelope.eventId() != null && !envelope.eventId().equals(headers.eventId());
        if (tenant) {
            metrics.disagreed(applicationId, names.tenantId());
        }
        if (event) {
            metrics.disagreed(applicationId, names.eventId());
        }
        return tenant || event;
    }

    private Receipt postponed(Throwable failure) {
        outages.note(failure);
        return new Postponed(
                failure instanceof TimeoutException ? Postponement.LOG_TOO_SLOW : Postponement.LOG_UNAVAILABLE);
    }

    /** An id the body does not name cannot speak for anyone else; such a body is unreadable anyway. */
    private static boolean differs(@Nullable String id, UUID expected) {
        return id != null && !id.equalsIgnoreCase(expected.toString());
    }

    private static Mono<Receipt> refused(Refusal refusal) {
        return Mono.just(Refused.of(refusal));
    }
}

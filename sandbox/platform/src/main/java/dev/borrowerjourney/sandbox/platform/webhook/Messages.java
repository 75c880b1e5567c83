package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.call.SecretFiles;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes and signs what is sent, honestly or as the switches have it. */
@Component
class Messages {

    private static final String NOBODYS_SECRET = "a-secret-that-nobody-knows";

    private final SnapshotBodies bodies;
    private final Tampering tampering;
    private final SecretFiles secrets;
    private final Faults faults;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Webhook settings;

    Messages(
            SnapshotBodies bodies,
            Tampering tampering,
            SecretFiles secrets,
            Faults faults,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.bodies = bodies;
        this.tampering = tampering;
        this.secrets = secrets;
        this.faults = faults;
        this.clock = clock;
        this.settings = properties.webhook();
    }

    /** The webhook of a snapshot for its next attempt. */
    SignedWebhook next(Borrower borrower, Snapshot snapshot) {
        Delivery delivery = snapshot.delivery();
        Occasion webhook = occasion(borrower, snapshot);
        Occasion attempt = webhook.attempt(delivery.attempts().size());
        Instant now = clock.now();
        boolean retry = !delivery.attempts().isEmpty();
        String first = delivery.body();
        String honest = first == null || (retry && faults.flag(Switch.REBUILD_ON_RETRY, attempt))
                ? bodies.rebuilt(borrower, snapshot, now)
                : first;
        List<String> struck = new ArrayList<>();
        Duration skew = tampering.skew(attempt, struck);
        String kept = delivery.timestamp();
        String timestamp = kept == null || faults.flag(Switch.SIGN_ON_RETRY, attempt)
                ? Signature.timestamp(settings.timestamp(), now.plus(skew))
                : kept;
        String signed = tampering.beforeSigning(honest, webhook, skew, struck);
        String signature = Signature.of(secret(borrower.applicationId(), now, attempt, struck), timestamp, signed);
        return new SignedWebhook(
                borrower.ref(),
                borrower.tenantId(),
                snapshot,
                honest,
                tampering.afterSigning(signed, attempt, struck),
                timestamp,
                signature,
                List.copyOf(struck));
    }

    /** The same event once more, signed with the present secret now, without any fault. */
    SignedWebhook signedAnew(SignedWebhook sent) {
        Instant now = clock.now();
        String timestamp = Signature.timestamp(settings.timestamp(), now);
        String secret = secrets.webhookSecret(sent.borrower().applicationId(), now);
        return new SignedWebhook(
                sent.borrower(),
                sent.tenantId(),
                sent.snapshot(),
                sent.honest(),
                sent.honest(),
                timestamp,
                Signature.of(secret, timestamp, sent.honest()),
                List.of());
    }

    static Occasion occasion(Borrower borrower, Snapshot snapshot) {
        int index = 0;
        while (!borrower.snapshots().get(index).eventId().equals(snapshot.eventId())) {
            index++;
        }
        return Occasion.webhook(borrower.externalId(), index);
    }

    private String secret(UUID applicationId, Instant at, Occasion attempt, List<String> struck) {
        if (faults.strikes(Switch.WRONG_SECRET, attempt)) {
            struck.add(Switch.WRONG_SECRET.label());
            return NOBODYS_SECRET;
        }
        if (faults.strikes(Switch.OLD_SECRET, attempt)) {
            struck.add(Switch.OLD_SECRET.label());
            return secrets.formerWebhookSecret(applicationId, at).orElse(NOBODYS_SECRET);
        }
        return secrets.webhookSecret(applicationId, at);
    }
}

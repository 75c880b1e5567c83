package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.call.SecretFiles;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** One attempt to deliver a snapshot, and what follows from its outcome. */
@Component
class WebhookAttempts {

    private static final int DOUBLINGS = 30;

    private final Borrowers borrowers;
    private final Subscriptions subscriptions;
    private final SecretFiles secrets;
    private final SnapshotBodies bodies;
    private final HttpReceiver receiver;
    private final Switches switches;
    private final PlatformClock clock;
    private final MeterRegistry meters;
    private final SandboxPlatformProperties.Webhook settings;
    private final Semaphore permits;

    WebhookAttempts(
            Borrowers borrowers,
            Subscriptions subscriptions,
            SecretFiles secrets,
            SnapshotBodies bodies,
            HttpReceiver receiver,
            Switches switches,
            PlatformClock clock,
            MeterRegistry meters,
            SandboxPlatformProperties properties) {
        this.borrowers = borrowers;
        this.subscriptions = subscriptions;
        this.secrets = secrets;
        this.bodies = bodies;
        this.receiver = receiver;
        this.switches = switches;
        this.clock = clock;
        this.meters = meters;
        this.settings = properties.webhook();
        this.permits = new Semaphore(settings.concurrency());
    }

    private record Message(String body, String timestamp) {}

    void attempt(BorrowerRef ref, String eventId) {
        try {
            permits.acquire();
            try {
                attemptNow(ref, eventId);
            } finally {
                permits.release();
            }
        } catch (InterruptedException _) {
            // The process stops; the file still says that this snapshot is to be sent.
            Thread.currentThread().interrupt();
        }
    }

    private void attemptNow(BorrowerRef ref, String eventId) throws InterruptedException {
        Borrower borrower = borrowers.get(ref);
        Snapshot snapshot = borrower.snapshot(eventId).orElseThrow();
        if (snapshot.delivery().state() != Delivery.State.PENDING) {
            return;
        }
        Optional<URI> url = subscriptions.url(ref.applicationId());
        if (!switches.current().webhooks() || url.isEmpty()) {
            record(ref, eventId, delivery -> delivery.ended(Delivery.State.LOST));
            return;
        }
        Message message = message(borrower, snapshot);
        boolean acknowledged = send(url.get(), borrower, eventId, message);
        if (acknowledged
                && ThreadLocalRandom.current().nextDouble() < switches.current().duplicates()) {
            send(url.get(), borrower, eventId, message);
        }
    }

    private Message message(Borrower borrower, Snapshot snapshot) {
        Delivery delivery = snapshot.delivery();
        Instant now = clock.now();
        boolean retry = !delivery.attempts().isEmpty();
        String first = delivery.body();
        String body = first == null || (retry && switches.current().rebuildOnRetry())
                ? bodies.rebuilt(borrower, snapshot, now)
                : first;
        String kept = delivery.timestamp();
        String timestamp = kept == null || switches.current().signOnRetry()
                ? Signature.timestamp(settings.timestamp(), now)
                : kept;
        return new Message(body, timestamp);
    }

    private boolean send(URI url, Borrower borrower, String eventId, Message message) throws InterruptedException {
        Instant sentAt = clock.now();
        String outcome = outcome(url, borrower, eventId, message, sentAt);
        meters.counter("platform.webhooks", "outcome", outcome).increment();
        Delivery.Attempt attempt = new Delivery.Attempt(sentAt, outcome);
        boolean acknowledged = outcome.length() == 3 && outcome.startsWith("2");
        record(
                borrower.ref(),
                eventId,
                delivery -> acknowledged
                        ? delivery.acknowledged(attempt, clock.now())
                        : failed(delivery, attempt, message.timestamp()));
        return acknowledged;
    }

    private String outcome(URI url, Borrower borrower, String eventId, Message message, Instant at)
            throws InterruptedException {
        try {
            String secret = secrets.webhookSecret(borrower.applicationId(), at);
            String signature = Signature.of(secret, message.timestamp(), message.body());
            return receiver.send(url, borrower, eventId, message.timestamp(), signature, message.body());
        } catch (IllegalStateException | UncheckedIOException _) {
            return "NoValidSecret";
        }
    }

    private Delivery failed(Delivery delivery, Delivery.Attempt attempt, String timestamp) {
        Delivery failed =
                delivery.failed(attempt, timestamp, retryAt(delivery.attempts().size()));
        Instant first = failed.firstSentAt();
        boolean over = first != null
                && failed.state() == Delivery.State.PENDING
                && clock.now().isAfter(first.plus(clock.paced(settings.retryFor())));
        return over ? failed.ended(Delivery.State.GIVEN_UP) : failed;
    }

    private Instant retryAt(int formerAttempts) {
        Duration grown = settings.retryInitial().multipliedBy(1L << Math.min(formerAttempts, DOUBLINGS));
        Duration bounded = grown.compareTo(settings.retryMaximum()) < 0 ? grown : settings.retryMaximum();
        double jitter = 0.5 + ThreadLocalRandom.current().nextDouble();
        return clock.in(Duration.ofMillis((long) (bounded.toMillis() * jitter)));
    }

    private void record(BorrowerRef ref, String eventId, UnaryOperator<Delivery> change) {
        borrowers.change(ref, borrower -> {
            Snapshot snapshot = borrower.snapshot(eventId).orElseThrow();
            return borrower.with(snapshot.with(change.apply(snapshot.delivery())));
        });
    }
}

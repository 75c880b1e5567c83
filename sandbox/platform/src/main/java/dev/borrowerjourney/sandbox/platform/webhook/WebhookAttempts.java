package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One attempt to deliver a snapshot, and what follows from its outcome. */
@Component
class WebhookAttempts {

    static final int DOUBLINGS = 30;

    private final Borrowers borrowers;
    private final Subscriptions subscriptions;
    private final Messages messages;
    private final HttpReceiver receiver;
    private final Listeners listeners;
    private final EventLog log;
    private final Faults faults;
    private final PlatformClock clock;
    private final MeterRegistry meters;
    private final SandboxPlatformProperties.Webhook settings;
    private final Semaphore permits;

    WebhookAttempts(
            Borrowers borrowers,
            Subscriptions subscriptions,
            Messages messages,
            HttpReceiver receiver,
            Listeners listeners,
            EventLog log,
            Faults faults,
            PlatformClock clock,
            MeterRegistry meters,
            SandboxPlatformProperties properties) {
        this.borrowers = borrowers;
        this.subscriptions = subscriptions;
        this.messages = messages;
        this.receiver = receiver;
        this.listeners = listeners;
        this.log = log;
        this.faults = faults;
        this.clock = clock;
        this.meters = meters;
        this.settings = properties.webhook();
        this.permits = new Semaphore(settings.concurrency());
    }

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
        Occasion webhook = Messages.occasion(borrower, snapshot);
        int number = snapshot.delivery().attempts().size();
        Optional<URI> url = subscriptions.url(ref.applicationId());
        if (!faults.flag(Switch.WEBHOOKS, webhook) || (number == 0 && faults.strikes(Switch.DROPPED, webhook))) {
            lose(borrower, snapshot);
            return;
        }
        SignedWebhook message = signed(borrower, snapshot);
        if (message != null && number == 0) {
            listeners.offer(message);
        }
        if (url.isEmpty()) {
            lose(borrower, snapshot);
        } else if (message == null) {
            record(
                    ref,
                    eventId,
                    delivery -> failed(delivery, new Delivery.Attempt(clock.now(), "NoValidSecret"), "", webhook));
        } else if (send(url.get(), message, webhook) && faults.strikes(Switch.DUPLICATES, webhook.attempt(number))) {
            listeners.offer(message);
            send(url.get(), message, webhook);
        }
    }

    private void lose(Borrower borrower, Snapshot snapshot) {
        record(borrower.ref(), snapshot.eventId(), delivery -> delivery.ended(Delivery.State.LOST));
        log.lost(borrower, snapshot);
    }

    /** Null while there is no secret to sign with. */
    private @Nullable SignedWebhook signed(Borrower borrower, Snapshot snapshot) {
        try {
            return messages.next(borrower, snapshot);
        } catch (IllegalStateException | UncheckedIOException _) {
            return null;
        }
    }

    private boolean send(URI url, SignedWebhook message, Occasion webhook) throws InterruptedException {
        Instant sentAt = clock.now();
        String outcome = receiver.send(url, message);
        meters.counter("platform.webhooks", "outcome", outcome).increment();
        log.sent(message, EventLog.SUBSCRIPTION, url, sentAt, outcome);
        Delivery.Attempt attempt = new Delivery.Attempt(sentAt, outcome);
        boolean acknowledged = HttpReceiver.accepts(outcome);
        record(
                message.borrower(),
                message.snapshot().eventId(),
                delivery -> acknowledged
                        ? delivery.acknowledged(attempt, clock.now())
                        : failed(delivery, attempt, message.timestamp(), webhook));
        return acknowledged;
    }

    private Delivery failed(Delivery delivery, Delivery.Attempt attempt, String timestamp, Occasion webhook) {
        int former = delivery.attempts().size();
        double jitter = faults.draw("retry", webhook.attempt(former));
        Delivery failed = delivery.failed(attempt, timestamp, retryAt(former, jitter));
        Instant first = failed.firstSentAt();
        boolean over = first != null
                && failed.state() == Delivery.State.PENDING
                && clock.now().isAfter(first.plus(clock.paced(settings.retryFor())));
        return over ? failed.ended(Delivery.State.GIVEN_UP) : failed;
    }

    private Instant retryAt(int formerAttempts, double jitter) {
        Duration grown = settings.retryInitial().multipliedBy(1L << Math.min(formerAttempts, DOUBLINGS));
        Duration bounded = grown.compareTo(settings.retryMaximum()) < 0 ? grown : settings.retryMaximum();
        return clock.in(Duration.ofMillis((long) (bounded.toMillis() * (0.5 + jitter))));
    }

    private void record(BorrowerRef ref, String eventId, UnaryOperator<Delivery> change) {
        borrowers.change(ref, borrower -> {
            Snapshot snapshot = borrower.snapshot(eventId).orElseThrow();
            return borrower.with(snapshot.with(change.apply(snapshot.delivery())));
        });
    }
}

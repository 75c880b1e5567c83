package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.clock.Alarms;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Further endpoints that get every webhook beside the subscriber, such as a developer's own. Each keeps its place only
 * while somebody renews it, so one that was forgotten costs nothing. They end with the process.
 */
@Component
public class Listeners {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int LONGEST_QUEUE = 10_000;

    private final Map<String, Listener> all = new ConcurrentHashMap<>();
    private final HttpReceiver receiver;
    private final Messages messages;
    private final EventLog log;
    private final Faults faults;
    private final Alarms alarms;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Webhook settings;

    Listeners(
            HttpReceiver receiver,
            Messages messages,
            EventLog log,
            Faults faults,
            Alarms alarms,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.receiver = receiver;
        this.messages = messages;
        this.log = log;
        this.faults = faults;
        this.alarms = alarms;
        this.clock = clock;
        this.settings = properties.webhook();
    }

    private record Listener(View view, Instant until, BlockingQueue<SignedWebhook> waiting, AtomicBoolean sending) {}

    /**
     * A listener as others see it.
     *
     * @param borrower whose webhooks it gets; null for everybody's
     */
    public record View(String id, URI url, @Nullable String borrower) {}

    public View add(URI url, @Nullable String borrower) {
        View view = new View("listener-" + UUID.randomUUID(), url, borrower);
        all.put(
                view.id(),
                new Listener(
                        view, clock.now().plus(LEASE), new LinkedBlockingQueue<>(LONGEST_QUEUE), new AtomicBoolean()));
        return view;
    }

    /** Keeps a listener for another while; empty if it is gone. */
    public Optional<View> renew(String id) {
        Listener renewed = all.computeIfPresent(
                id,
                (_, known) -> alive(known)
                        ? new Listener(known.view(), clock.now().plus(LEASE), known.waiting(), known.sending())
                        : null);
        return Optional.ofNullable(renewed).map(Listener::view);
    }

    public boolean remove(String id) {
        return all.remove(id) != null;
    }

    boolean any() {
        all.values().removeIf(listener -> !alive(listener));
        return !all.isEmpty();
    }

    /** Has each listener get the webhook in its turn. */
    void offer(SignedWebhook webhook) {
        for (Listener listener : all.values()) {
            String borrower = listener.view().borrower();
            if (alive(listener)
                    && (borrower == null || borrower.equals(webhook.borrower().externalId()))
                    && listener.waiting().offer(webhook)) {
                alarms.now(() -> drain(listener));
            }
        }
    }

    /** First attempts of a listener one after the other; retries go their own way. */
    private void drain(Listener listener) {
        while (!listener.waiting().isEmpty() && listener.sending().compareAndSet(false, true)) {
            try {
                SignedWebhook next = listener.waiting().poll();
                if (next != null) {
                    attempt(listener.view(), next, 0);
                }
            } finally {
                listener.sending().set(false);
            }
        }
    }

    private void attempt(View to, SignedWebhook webhook, int number) {
        if (renewable(to.id())) {
            try {
                Instant at = clock.now();
                String outcome = receiver.send(to.url(), webhook);
                log.sent(webhook, to.id(), to.url(), at, outcome);
                if (!HttpReceiver.accepts(outcome)) {
                    alarms.at(clock.in(wait(number)), () -> attempt(to, again(webhook, number), number + 1));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private SignedWebhook again(SignedWebhook webhook, int number) {
        Occasion retry = Occasion.webhook(webhook.borrower().externalId(), number);
        return faults.flag(Switch.SIGN_ON_RETRY, retry) ? messages.signedAnew(webhook) : webhook;
    }

    private Duration wait(int former) {
        Duration grown = settings.retryInitial().multipliedBy(1L << Math.min(former, WebhookAttempts.DOUBLINGS));
        return grown.compareTo(settings.retryMaximum()) < 0 ? grown : settings.retryMaximum();
    }

    private boolean renewable(String id) {
        Listener known = all.get(id);
        return known != null && alive(known);
    }

    private boolean alive(Listener listener) {
        return clock.now().isBefore(listener.until());
    }
}

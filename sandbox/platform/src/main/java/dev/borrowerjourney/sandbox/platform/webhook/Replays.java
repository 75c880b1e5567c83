package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends again what was sent, or should have been: the same event with the same body, signed anew. */
@Component
public class Replays {

    private final EventLog log;
    private final Messages messages;
    private final HttpReceiver receiver;
    private final Subscriptions subscriptions;
    private final PlatformClock clock;

    Replays(EventLog log, Messages messages, HttpReceiver receiver, Subscriptions subscriptions, PlatformClock clock) {
        this.log = log;
        this.messages = messages;
        this.receiver = receiver;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** One event and what came of its replay. */
    public record Replayed(String eventId, long position, String journeyId, String status, String outcome) {}

    /** The position of an event that the log knows. */
    public Optional<Long> position(String eventId) {
        return log.webhooks(snapshot -> snapshot.eventId().equals(eventId)).stream()
                .map(webhook -> webhook.snapshot().position())
                .findFirst();
    }

    /**
     * Sends all events of the log whose positions lie between these two, in order, one after the other.
     *
     * @param url null for the subscriber
     */
    public List<Replayed> replay(long from, long to, @Nullable URI url) throws InterruptedException {
        Predicate<Snapshot> wanted = snapshot -> snapshot.position() >= from && snapshot.position() <= to;
        List<Replayed> replayed = new ArrayList<>();
        for (SignedWebhook sent : log.webhooks(wanted)) {
            Snapshot snapshot = sent.snapshot();
            Optional<URI> target = Optional.ofNullable(url)
                    .or(() -> subscriptions.url(sent.borrower().applicationId()));
            String outcome = target.isEmpty() ? "NoSubscription" : send(messages.signedAnew(sent), target.get());
            replayed.add(new Replayed(
                    snapshot.eventId(), snapshot.position(), snapshot.journeyId(), snapshot.status(), outcome));
        }
        return replayed;
    }

    private String send(SignedWebhook webhook, URI url) throws InterruptedException {
        Instant at = clock.now();
        String outcome = receiver.send(url, webhook);
        log.sent(webhook, EventLog.REPLAY, url, at, outcome);
        return outcome;
    }
}

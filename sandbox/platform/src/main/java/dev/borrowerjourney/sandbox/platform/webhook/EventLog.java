package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What was sent where, and what came of it: the newest webhooks since the start, in memory. Whole bodies stay in here;
 * what leaves is masked.
 */
@Component
public class EventLog {

    static final String SUBSCRIPTION = "subscription";
    static final String REPLAY = "replay";

    private static final int MOST = 5_000;
    private static final long MOST_CHARACTERS = 16L << 20;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Masking masking;
    private final SnapshotBodies bodies;
    private final PlatformClock clock;
    private long last;
    private long characters;

    EventLog(Masking masking, SnapshotBodies bodies, PlatformClock clock) {
        this.masking = masking;
        this.bodies = bodies;
        this.clock = clock;
    }

    private record Entry(
            long number,
            Instant at,
            String target,
            @Nullable URI url,
            String outcome,
            long millis,
            SignedWebhook webhook) {}

    /**
     * One webhook, masked.
     *
     * @param number its place in the log
     * @param target {@code subscription}, {@code replay}, or the id of a listener
     * @param outcome the HTTP status, what kept it from coming, or LOST for what was never sent
     * @param faults the switches that struck it
     */
    public record Event(
            long number,
            Instant at,
            String target,
            @Nullable URI url,
            String outcome,
            long millis,
            long position,
            String eventId,
            String borrowerExternalId,
            UUID applicationId,
            String journeyId,
            String status,
            @Nullable String nextAction,
            String trigger,
            List<String> faults,
            String timestamp,
            String signature,
            JsonNode payload) {}

    /** What to look for; null for anything. */
    public record Wanted(
            @Nullable String borrower,
            @Nullable String journey,
            @Nullable String event,
            @Nullable String target) {

        private boolean includes(Entry entry) {
            Snapshot snapshot = entry.webhook().snapshot();
            return is(borrower, entry.webhook().borrower().externalId())
                    && is(journey, snapshot.journeyId())
                    && is(event, snapshot.eventId())
                    && is(target, entry.target());
        }

        private static boolean is(@Nullable String wanted, String found) {
            return wanted == null || wanted.equals(found);
        }
    }

    void sent(SignedWebhook webhook, String target, URI url, Instant at, String outcome) {
        add(at, target, url, outcome, Duration.between(at, clock.now()).toMillis(), webhook);
    }

    /** What nobody was told, with the body that would have told it. */
    void lost(Borrower borrower, Snapshot snapshot) {
        String known = snapshot.delivery().body();
        String body = known == null ? bodies.body(borrower, snapshot) : known;
        SignedWebhook unsent =
                new SignedWebhook(borrower.ref(), borrower.tenantId(), snapshot, body, body, "", "", List.of());
        add(clock.now(), SUBSCRIPTION, null, "LOST", 0, unsent);
    }

    /** The oldest entries behind a number. */
    public List<Event> after(long number, int limit, Wanted wanted) {
        return found(entry -> entry.number() > number && wanted.includes(entry)).stream()
                .limit(limit)
                .map(this::event)
                .toList();
    }

    /** The number of the newest entry. */
    public synchronized long newest() {
        return last;
    }

    /** The webhooks of these events as they were sent last, in the order of their positions. */
    List<SignedWebhook> webhooks(Predicate<Snapshot> wanted) {
        Map<String, SignedWebhook> newest = new LinkedHashMap<>();
        found(entry -> wanted.test(entry.webhook().snapshot()))
                .forEach(entry -> newest.put(entry.webhook().snapshot().eventId(), entry.webhook()));
        return newest.values().stream()
                .sorted((one, other) ->
                        Long.compare(one.snapshot().position(), other.snapshot().position()))
                .toList();
    }

    private synchronized List<Entry> found(Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).toList();
    }

    private synchronized void add(
            Instant at, String target, @Nullable URI url, String outcome, long millis, SignedWebhook webhook) {
        last++;
        entries.addLast(new Entry(last, at, target, url, outcome, millis, webhook));
        characters += webhook.body().length();
        while (entries.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= entries.removeFirst().webhook().body().length();
        }
    }

    private Event event(Entry entry) {
        SignedWebhook webhook = entry.webhook();
        Snapshot snapshot = webhook.snapshot();
        return new Event(
                entry.number(),
                entry.at(),
                entry.target(),
                entry.url(),
                entry.outcome(),
                entry.millis(),
                snapshot.position(),
                snapshot.eventId(),
                Masking.text(webhook.borrower().externalId()),
                webhook.borrower().applicationId(),
                snapshot.journeyId(),
                snapshot.status(),
                snapshot.nextAction(),
                snapshot.trigger(),
                webhook.faults(),
                webhook.timestamp(),
                webhook.signature(),
                payload(webhook));
    }

    /** With one character changed, a body may still be JSON, whose personal sections bear other names. */
    private JsonNode payload(SignedWebhook webhook) {
        boolean corrupted = webhook.faults().contains(Switch.CORRUPTED_BODIES.label());
        return corrupted ? masking.unreadable(webhook.body()) : masking.payload(webhook.body());
    }
}

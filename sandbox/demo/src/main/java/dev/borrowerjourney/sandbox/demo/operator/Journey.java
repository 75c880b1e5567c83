package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen of one journey, the latest of it. Not for several threads: {@link Journeys} guards it. */
final class Journey {

    /** Of each kind; the median journey has a dozen. */
    static final int KEPT = 100;

    private final String id;
    private final Deque<Told> told = new ArrayDeque<>();
    private final Deque<Logged> logged = new ArrayDeque<>();
    private final Deque<Published> published = new ArrayDeque<>();
    private final Deque<Acknowledged> acknowledged = new ArrayDeque<>();
    private long revision;

    Journey(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    long revision() {
        return revision;
    }

    void revised(long to) {
        revision = to;
    }

    int size() {
        return told.size() + logged.size() + published.size() + acknowledged.size();
    }

    void add(Told one) {
        keep(told, one);
    }

    void add(Logged one) {
        keep(logged, one);
    }

    void add(Published one) {
        keep(published, one);
    }

    void add(Acknowledged one) {
        keep(acknowledged, one);
    }

    /** Whether the platform told of it by this event. */
    boolean wasTold(String eventId) {
        return told.stream().anyMatch(one -> one.eventId().equals(eventId));
    }

    /** A copy that may be read by anybody. */
    Seen seen() {
        return new Seen(
                List.copyOf(told), List.copyOf(logged), List.copyOf(published), List.copyOf(acknowledged), Map.of());
    }

    /** What journey lists show. */
    Row row() {
        var last = told.peekLast();
        var version = published.peekLast();
        return new Row(
                id,
                last == null ? null : last.borrowerExternalId(),
                last == null ? null : new State(last.status(), last.nextAction(), last.generatedAt(), null, null),
                version == null
                        ? null
                        : new State(
                                version.status(),
                                version.nextAction(),
                                version.changedAt(),
                                version.version(),
                                version.source()),
                inStep(last, version),
                revision);
    }

    Optional<String> status() {
        return Optional.ofNullable(told.peekLast()).map(Told::status).or(() -> Optional.ofNullable(published.peekLast())
                .map(Published::status));
    }

    /**
     * Why the journey is found by a text, if it is: a part of a name or id, or the whole of an event or correlation id.
     *
     * @param text in lower case
     */
    Optional<String> match(String text) {
        if (contains(id, text)) {
            return Optional.of("journey");
        }
        if (told.stream().anyMatch(one -> contains(one.borrowerExternalId(), text))) {
            return Optional.of("borrower");
        }
        var events =
                Stream.concat(told.stream().map(Told::eventId), logged.stream().map(Logged::eventId));
        if (events.anyMatch(text::equalsIgnoreCase)) {
            return Optional.of("event");
        }
        var flows = Stream.concat(
                logged.stream().map(Logged::correlationId), published.stream().map(Published::correlationId));
        return flows.filter(Objects::nonNull).anyMatch(text::equalsIgnoreCase)
                ? Optional.of("correlation")
                : Optional.empty();
    }

    private static boolean inStep(@Nullable Told last, @Nullable Published version) {
        return last == null
                || (version != null
                        && version.status().equals(last.status())
                        && Objects.equals(version.nextAction(), last.nextAction()));
    }

    private static boolean contains(String whole, String text) {
        return whole.toLowerCase(Locale.ROOT).contains(text);
    }

    /** Whoever had to begin again tells what was told before. */
    private static <T> void keep(Deque<T> all, T one) {
        if (all.contains(one)) {
            return;
        }
        all.addLast(one);
        if (all.size() > KEPT) {
            all.removeFirst();
        }
    }

    /**
     * What platform, topics and notifier said, the latest of each, the last at the end.
     *
     * @param quarantined webhooks that could not be read, by their event ids
     */
    record Seen(
            List<Told> told,
            List<Logged> logged,
            List<Published> published,
            List<Acknowledged> acknowledged,
            Map<String, Quarantined> quarantined) {

        static final Seen NOTHING = new Seen(List.of(), List.of(), List.of(), List.of(), Map.of());

        Seen with(Map<String, Quarantined> found) {
            return new Seen(told, logged, published, acknowledged, found);
        }
    }

    /**
     * A state, at the platform or in the read model.
     *
     * @param version null at the platform, as is source
     */
    record State(
            String status,
            @Nullable String nextAction,
            Instant at,
            @Nullable Long version,
            @Nullable String source) {}

    /**
     * A line of the list.
     *
     * @param borrower null until the platform was asked
     * @param platform what is true
     * @param known what the read model published last
     */
    record Row(
            String journeyId,
            @Nullable String borrower,
            @Nullable State platform,
            @Nullable State known,
            boolean inStep,
            long revision) {}
}

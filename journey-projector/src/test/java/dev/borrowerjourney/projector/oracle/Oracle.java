package dev.borrowerjourney.projector.oracle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Answers from the set of all records at once, with no state and no join. */
public final class Oracle {

    private static final long REPLICA_LAG = 2_000;
    private static final long EARLIEST = Long.MIN_VALUE;

    private Oracle() {}

    /** What a register holds, or null while it is empty. */
    public record Holding(
            @Nullable Long sequence,
            @Nullable Long time,
            String content,
            Said.Kind kind,
            String eventId,
            long receivedAt) {}

    public static @Nullable Holding coreSequenced(Collection<Said> all) {
        return sequenced(all, Said::core);
    }

    public static @Nullable Holding coreTimed(Collection<Said> all) {
        return timed(all, Said::core);
    }

    public static @Nullable Holding detailsSequenced(Collection<Said> all) {
        return sequenced(all, Said::details);
    }

    public static @Nullable Holding detailsTimed(Collection<Said> all) {
        return timed(all, Said::details);
    }

    /** The visible content of both groups, or null while no core is known. */
    public static @Nullable String visible(Collection<Said> all) {
        var core = visible(coreSequenced(all), coreTimed(all));
        if (core == null) {
            return null;
        }
        var details = visible(detailsSequenced(all), detailsTimed(all));
        return core.content() + "/" + (details == null ? "-" : details.content());
    }

    /** Every state that became visible, in order, when the records arrive one by one. */
    public static List<String> history(List<Said> log) {
        var history = new ArrayList<String>();
        for (int length = 1; length <= log.size(); length++) {
            var now = visible(log.subList(0, length));
            if (now != null && (history.isEmpty() || !history.getLast().equals(now))) {
                history.add(now);
            }
        }
        return history;
    }

    private static @Nullable Holding visible(@Nullable Holding sequenced, @Nullable Holding timed) {
        if (sequenced == null) {
            return timed;
        }
        if (timed == null) {
            return sequenced;
        }
        return orEarliest(timed.time()) > orEarliest(sequenced.time()) ? timed : sequenced;
    }

    private static @Nullable Holding sequenced(Collection<Said> all, Function<Said, @Nullable String> group) {
        var rest = sequencedOnes(all, group);
        rest = greatest(rest, said -> Objects.requireNonNull(sequenceOf(said)));
        rest = greatest(rest, said -> orEarliest(timeOf(said)));
        return smallestProvenance(greatestHash(rest, group), group);
    }

    private static @Nullable Holding timed(Collection<Said> all, Function<Said, @Nullable String> group) {
        var rest = timedOnes(all, group);
        rest = greatest(rest, said -> orEarliest(timeOf(said)));
        rest = greatest(rest, said -> orEarliest(askedTimeOf(said)));
        return smallestProvenance(greatestHash(rest, group), group);
    }

    static List<Said> sequencedOnes(Collection<Said> all, Function<Said, @Nullable String> group) {
        return carrying(all, group).stream()
                .filter(said -> sequenceOf(said) != null)
                .toList();
    }

    static List<Said> timedOnes(Collection<Said> all, Function<Said, @Nullable String> group) {
        return carrying(all, group).stream()
                .filter(said -> sequenceOf(said) == null)
                .toList();
    }

    private static List<Said> carrying(Collection<Said> all, Function<Said, @Nullable String> group) {
        return all.stream().filter(said -> group.apply(said) != null).toList();
    }

    static List<Said> greatest(List<Said> rest, ToLongFunction<Said> key) {
        long greatest = rest.stream().mapToLong(key).max().orElse(EARLIEST);
        return rest.stream().filter(said -> key.applyAsLong(said) == greatest).toList();
    }

    static List<Said> greatestHash(List<Said> rest, Function<Said, @Nullable String> group) {
        var greatest = rest.stream()
                .map(said -> sha256(group.apply(said)))
                .max(String::compareTo)
                .orElse("");
        return rest.stream()
                .filter(said -> sha256(group.apply(said)).equals(greatest))
                .toList();
    }

    private static @Nullable Holding smallestProvenance(List<Said> rest, Function<Said, @Nullable String> group) {
        Said smallest = null;
        for (var said : rest) {
            if (smallest == null || smaller(said, smallest)) {
                smallest = said;
            }
        }
        return smallest == null
                ? null
                : new Holding(
                        sequenceOf(smallest),
                        timeOf(smallest),
                        Objects.requireNonNull(group.apply(smallest)),
                        smallest.kind(),
                        smallest.eventId(),
                        smallest.receivedAt());
    }

    private static boolean smaller(Said one, Said other) {
        if (one.kind() != other.kind()) {
            return one.kind() == Said.Kind.WEBHOOK;
        }
        int eventIds = one.eventId().compareTo(other.eventId());
        return eventIds != 0 ? eventIds < 0 : one.receivedAt() < other.receivedAt();
    }

    /** A poll has a sequence only if it settles something. */
    static @Nullable Long sequenceOf(Said said) {
        return said.kind() == Said.Kind.WEBHOOK || said.settling() ? said.sequence() : null;
    }

    static @Nullable Long timeOf(Said said) {
        var time = said.kind() == Said.Kind.WEBHOOK ? webhookTime(said) : pollTime(said);
        return time == null ? null : Long.valueOf(Math.min(time, said.receivedAt()));
    }

    static @Nullable Long askedTimeOf(Said said) {
        return said.kind() == Said.Kind.POLL ? said.answeredAt() : timeOf(said);
    }

    private static @Nullable Long webhookTime(Said said) {
        return said.snapshotGeneratedAt() != null ? said.snapshotGeneratedAt() : said.eventAt();
    }

    private static @Nullable Long pollTime(Said said) {
        if (said.updatedAt() != null && !said.settling()) {
            return said.updatedAt();
        }
        var answeredAt = said.answeredAt();
        long before = said.settling() ? said.roundTrip() + REPLICA_LAG : said.roundTrip();
        return answeredAt == null ? null : Long.valueOf(answeredAt - before);
    }

    static long orEarliest(@Nullable Long time) {
        return time == null ? EARLIEST : time;
    }

    private static String sha256(@Nullable String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(Objects.requireNonNull(content).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

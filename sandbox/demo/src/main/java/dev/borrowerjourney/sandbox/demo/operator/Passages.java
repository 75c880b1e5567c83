package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what platform, topics and database say of a journey. */
final class Passages {

    /** The platform takes the time of a state and the time of its snapshot one after the other. */
    private static final Duration APART = Duration.ofMillis(50);

    private final List<Told> told;
    private final Journey.Seen seen;
    private final ReadModel readModel;
    private final List<Projected> versions;

    private Passages(List<Told> told, Journey.Seen seen, ReadModel readModel) {
        this.told =
                told.stream().sorted(Comparator.comparingLong(Told::position)).toList();
        this.seen = seen;
        this.readModel = readModel;
        var byNumber = new TreeMap<Long, Projected>();
        seen.published().forEach(published -> byNumber.put(published.version(), Projected.of(published)));
        readModel.versions().forEach(version -> byNumber.put(version.version(), version));
        this.versions = List.copyOf(byNumber.values());
    }

    /** All changes, the latest first. */
    static List<Way.Passage> of(List<Told> told, Journey.Seen seen, ReadModel readModel) {
        return new Passages(told, seen, readModel).all();
    }

    private List<Way.Passage> all() {
        var told = this.told.stream().map(this::passage).toList();
        var known =
                told.stream().map(Way.Passage::version).filter(Objects::nonNull).toList();
        var others = versions.stream()
                .filter(version -> !known.contains(version.version()))
                .map(this::passage);
        return Stream.concat(told.stream(), others)
                .sorted(Comparator.comparing(Passages::time).reversed())
                .toList();
    }

    /** A version that is the platform's change of no webhook or poll we know: a rebuild's, or one of a forgotten record. */
    private Way.Passage passage(Projected version) {
        var record = seen.logged().stream()
                .filter(logged -> logged.place().equals(version.cause()))
                .findFirst()
                .orElse(null);
        return passage(null, version, record, List.of());
    }

    private Way.Passage passage(Told one) {
        var records =
                seen.logged().stream().filter(logged -> tells(logged, one)).toList();
        var version = versions.stream()
                .filter(each -> brought(each, one, records))
                .findFirst()
                .orElse(null);
        var record = records.stream()
                .filter(logged -> version != null && logged.place().equals(version.cause()))
                .findFirst()
                .or(() -> records.stream().filter(logged -> !logged.polled()).findFirst())
                .or(() -> records.stream().findFirst())
                .orElse(null);
        var repeats = records.stream().filter(logged -> !logged.equals(record)).toList();
        return passage(one, version, record, repeats);
    }

    private Way.Passage passage(
            @Nullable Told one, @Nullable Projected version, @Nullable Logged record, List<Logged> repeats) {
        var number = version == null ? null : version.version();
        var pushes = readModel.pushes().stream()
                .filter(push -> number != null && push.version() == number)
                .toList();
        var last = one != null && one.equals(told.getLast());
        var stations = new Stations(one, record, version, last, seen, readModel).all(pushes);
        return new Way.Passage(
                one == null ? Objects.requireNonNull(version).status() : one.status(),
                one == null ? Objects.requireNonNull(version).nextAction() : one.nextAction(),
                one,
                number,
                version == null ? null : version.source(),
                eventId(one, version),
                correlationId(version, record),
                stations,
                one == null ? null : seen.quarantined().get(one.eventId()),
                repeats,
                pushes);
    }

    /** A webhook names the change; a poll tells a state and since when it is so. */
    private boolean tells(Logged logged, Told one) {
        if (!logged.polled()) {
            return logged.eventId().equals(one.eventId());
        }
        return pollTells(logged).filter(one::equals).isPresent();
    }

    private Optional<Told> pollTells(Logged poll) {
        var observedAt = poll.observedAt();
        return told.stream()
                .filter(one -> one.status().equals(poll.status())
                        && Objects.equals(one.nextAction(), poll.nextAction())
                        && (observedAt == null || !one.generatedAt().isAfter(observedAt.plus(APART))))
                .reduce((_, later) -> later);
    }

    private static boolean brought(Projected version, Told one, List<Logged> records) {
        return !version.source().equals("REBUILD")
                && (version.eventId().equals(one.eventId())
                        || records.stream().anyMatch(record -> record.place().equals(version.cause())));
    }

    private static @Nullable String eventId(@Nullable Told one, @Nullable Projected version) {
        return one != null ? one.eventId() : version != null ? version.eventId() : null;
    }

    private static @Nullable String correlationId(@Nullable Projected version, @Nullable Logged record) {
        return record != null && record.correlationId() != null
                ? record.correlationId()
                : version == null ? null : version.correlationId();
    }

    private static Instant time(Way.Passage passage) {
        return passage.stations().stream()
                .map(Station::at)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}

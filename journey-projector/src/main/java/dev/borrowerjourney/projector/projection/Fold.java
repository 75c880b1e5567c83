package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomalies;
import dev.borrowerjourney.projector.law.Cause;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Observation;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.VisibleState;
import dev.borrowerjourney.projector.state.Contents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds records into journeys, one after the other and in memory, and keeps what there is to write. */
final class Fold {

    private static final Anomalies ANOMALIES = new Anomalies(Contents::over);

    private record Doubt(String journeyKey, Cause cause) {}

    private final Map<String, JourneyRow> known;
    private final Map<String, JourneyRow> touched = new LinkedHashMap<>();
    private final List<ChangeRow> changes = new ArrayList<>();
    private final List<DeadLetterRow> deadLetters = new ArrayList<>();
    private final Map<String, Instant> settled = new HashMap<>();
    private final Map<Doubt, DueRow> due = new LinkedHashMap<>();
    private long position;

    /**
     * A fold that goes on from what is written.
     *
     * @param known the rows of journeys that the records speak of, and maybe of others, by journey key
     * @param lastPosition the position that was given last
     */
    Fold(Map<String, JourneyRow> known, long lastPosition) {
        this.known = known;
        this.position = lastPosition;
    }

    /** @param atLeast a position that was given before */
    void apply(Decoded record, long atLeast) {
        position = Math.max(position, atLeast);
        apply(record);
    }

    void apply(Decoded record) {
        switch (record) {
            case Decoded.Legible(var source, var snapshot) ->
                snapshot.journeys().forEach(said -> apply(source.offset(), snapshot, said));
            case Decoded.Poison(var source, var reason, var detail) ->
                deadLetters.add(new DeadLetterRow(source, reason, detail, ++position));
        }
    }

    /** Rows as they are now, one a journey that a record spoke of. */
    Collection<JourneyRow> journeys() {
        return touched.values();
    }

    /** Keys of journeys that were not known before. */
    List<String> newJourneys() {
        return touched.keySet().stream().filter(key -> !known.containsKey(key)).toList();
    }

    List<ChangeRow> changes() {
        return changes;
    }

    List<DeadLetterRow> deadLetters() {
        return deadLetters;
    }

    /** When the latest settling poll of a journey was asked, by journey key. */
    Map<String, Instant> settled() {
        return settled;
    }

    /** Journeys that have become due, each cause once, as it was first found. */
    Collection<DueRow> due() {
        return due.values();
    }

    long position() {
        return position;
    }

    private void apply(long offset, Snapshot snapshot, Snapshot.Said said) {
        var key = snapshot.borrower().journeyKey(said.journeyId());
        var row = touched.containsKey(key) ? touched.get(key) : known.get(key);
        var before = row == null ? Journey.UNKNOWN : row.journey();
        var after = before.observe(said.observation());
        reconcile(key, offset, snapshot, said, after, ANOMALIES.of(before, said.observation(), after));
        var visible = after.visible().orElse(null);
        if (visible == null) {
            touched.put(key, row(key, offset, snapshot, said, after, null));
        } else if (after.version() > before.version()) {
            var change = change(key, offset, snapshot, said, before, after, visible);
            changes.add(change);
            touched.put(
                    key,
                    new JourneyRow(
                            key,
                            change.borrowerKey(),
                            change.applicationId(),
                            change.journeyId(),
                            after,
                            change.changedAt(),
                            change.confirmedAt(),
                            change.changedAt(),
                            change.stale(),
                            offset));
        } else {
            touched.put(key, row(key, offset, snapshot, said, after, row));
        }
    }

    /** A settling poll ends what was due when it was asked; what is odd, also about itself, makes due. */
    private void reconcile(
            String key, long offset, Snapshot snapshot, Snapshot.Said said, Journey after, Set<Cause> found) {
        var asked = snapshot.settlingAskedAt();
        if (asked != null) {
            settled.merge(key, asked, (one, other) -> one.isAfter(other) ? one : other);
            due.replaceAll((_, row) -> row.journeyKey().equals(key) ? row.askedAt(asked) : row);
        }
        for (var cause : found) {
            due.putIfAbsent(
                    new Doubt(key, cause),
                    new DueRow(
                            key,
                            cause,
                            snapshot.borrower().value(),
                            snapshot.applicationId(),
                            said.journeyId(),
                            after.settles(),
                            snapshot.receivedAt().plus(DueRow.SETTLING),
                            false,
                            offset));
        }
    }

    private ChangeRow change(
            String key,
            long offset,
            Snapshot snapshot,
            Snapshot.Said said,
            Journey before,
            Journey after,
            VisibleState visible) {
        return new ChangeRow(
                key,
                after.version(),
                snapshot.borrower().value(),
                snapshot.applicationId(),
                said.journeyId(),
                before.visible().map(VisibleState::content).orElse(null),
                visible.content(),
                visible.core().provenance().source().name(),
                visible.core().time(),
                snapshot.receivedAt(),
                confirmedAt(said.observation(), visible),
                snapshot.late(),
                snapshot.eventId(),
                snapshot.correlationId(),
                snapshot.traceparent(),
                offset,
                ++position);
    }

    private static JourneyRow row(
            String key, long offset, Snapshot snapshot, Snapshot.Said said, Journey journey, @Nullable JourneyRow row) {
        return new JourneyRow(
                key,
                snapshot.borrower().value(),
                snapshot.applicationId(),
                said.journeyId(),
                journey,
                row == null ? null : row.changedAt(),
                row == null ? null : row.confirmedAt(),
                row == null ? null : freshAsOf(row, snapshot, said, journey),
                row != null && row.stale(),
                offset);
    }

    /** Who repeats what is visible makes it fresher; who says something else and loses does not. */
    private static @Nullable Instant freshAsOf(JourneyRow row, Snapshot snapshot, Snapshot.Said said, Journey journey) {
        var known = row.freshAsOf();
        var repeats = journey.visible()
                .map(state -> state.core().content().equals(said.observation().core()))
                .orElse(false);
        return repeats && (known == null || snapshot.receivedAt().isAfter(known)) ? snapshot.receivedAt() : known;
    }

    private static @Nullable Instant confirmedAt(Observation cause, VisibleState visible) {
        return cause.provenance().source() == Source.POLL
                        && visible.core().content().equals(cause.core())
                ? cause.provenance().receivedAt()
                : null;
    }
}

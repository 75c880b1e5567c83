package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.Decoded;
import dev.borrowerjourney.projector.projection.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes the records of one partition into its journeys, in memory. Neither versions nor anomalies come of it, so only
 * what is known in the end has to be written, however many records it took.
 */
final class ShadowFold {

    /** What became of records. */
    record Counts(long records, long illegible, long deadLetters, long erased) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    records + other.records,
                    illegible + other.illegible,
                    deadLetters + other.deadLetters,
                    erased + other.erased);
        }
    }

    private final Set<Long> deadLetters;
    private final Set<String> erased;
    private final Map<String, ShadowRow> known = new HashMap<>();
    private final Map<String, ShadowRow> changed = new HashMap<>();
    private Counts counts = Counts.NONE;

    /**
     * A fold that knows no journey yet.
     *
     * @param deadLetters offsets of records that were given up, whatever they are today
     * @param erased borrower keys
     */
    ShadowFold(Set<Long> deadLetters, Set<String> erased) {
        this.deadLetters = deadLetters;
        this.erased = erased;
    }

    /**
     * Takes records in.
     *
     * @param rows gives what is written of journeys that are not known here yet
     */
    void take(List<Decoded> records, Function<Collection<String>, List<ShadowRow>> rows) {
        var said = new ArrayList<Snapshot>(records.size());
        for (var record : records) {
            sort(record, said);
        }
        learn(said, rows);
        said.forEach(this::observe);
    }

    /** Journeys that are not as they are written. */
    Collection<ShadowRow> changed() {
        return changed.values();
    }

    /** Journeys in memory. */
    int size() {
        return known.size();
    }

    Counts counts() {
        return counts;
    }

    /**
     * What was changed is written now.
     *
     * @param most journeys that are kept in memory
     */
    void written(int most) {
        changed.clear();
        counts = Counts.NONE;
        if (known.size() > most) {
            known.clear();
        }
    }

    private void sort(Decoded record, List<Snapshot> said) {
        switch (record) {
            case Decoded.Legible(var source, var snapshot) -> {
                if (deadLetters.contains(source.offset())) {
                    counts = counts.plus(new Counts(1, 0, 1, 0));
                } else if (erased.contains(snapshot.borrower().value())) {
                    counts = counts.plus(new Counts(1, 0, 0, 1));
                } else {
                    counts = counts.plus(new Counts(1, 0, 0, 0));
                    said.add(snapshot);
                }
            }
            case Decoded.Poison(var source, var _, var _) ->
                counts = counts.plus(
                        deadLetters.contains(source.offset()) ? new Counts(1, 0, 1, 0) : new Counts(1, 1, 0, 0));
        }
    }

    private void learn(List<Snapshot> said, Function<Collection<String>, List<ShadowRow>> rows) {
        var missing = new HashMap<String, ShadowRow>();
        for (var snapshot : said) {
            for (var journey : snapshot.journeys()) {
                var key = snapshot.borrower().journeyKey(journey.journeyId());
                if (!known.containsKey(key)) {
                    missing.computeIfAbsent(
                            key,
                            _ -> ShadowRow.unknown(
                                    key, snapshot.borrower().value(), snapshot.applicationId(), journey.journeyId()));
                }
            }
        }
        if (!missing.isEmpty()) {
            rows.apply(missing.keySet()).forEach(row -> missing.put(row.journeyKey(), row));
            known.putAll(missing);
        }
    }

    private void observe(Snapshot snapshot) {
        for (var journey : snapshot.journeys()) {
            var key = snapshot.borrower().journeyKey(journey.journeyId());
            var row = known.get(key);
            if (row != null) {
                var now = row.observe(journey.observation());
                if (!now.knowsTheSame(row)) {
                    known.put(key, now);
                    changed.put(key, now);
                }
            }
        }
    }
}

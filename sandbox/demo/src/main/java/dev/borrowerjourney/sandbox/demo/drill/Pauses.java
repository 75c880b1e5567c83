package dev.borrowerjourney.sandbox.demo.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * For each partition the longest time from a record's append to its change as one reader sees it, by what was going on when
 * the change came. Times are nanoseconds of one clock.
 */
final class Pauses {

    /** One change of a journey. */
    record Change(String eventId, String journeyId, long version, int partition) {}

    private record Phase(String name, Map<Integer, Long> longest) {}

    private final String title;
    private final Map<String, Long> appended = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<Integer, Long> heard = new HashMap<>();
    private final List<Phase> phases = new ArrayList<>();
    private long repeated;
    private long regressions;

    /**
     * Begins with nothing.
     *
     * @param title of the table
     */
    Pauses(String title) {
        this.title = title;
    }

    /** What comes from now on comes while this is going on. */
    synchronized void begin(String phase) {
        phases.add(new Phase(phase, new TreeMap<>()));
    }

    synchronized void appended(String eventId, long at) {
        appended.put(eventId, at);
    }

    synchronized void changed(Change change, long at) {
        if (!seen.add(change.eventId())) {
            repeated++;
            return;
        }
        if (versions.merge(change.journeyId(), change.version(), Math::max) > change.version()) {
            regressions++;
        }
        heard.put(change.partition(), at);
        var since = appended.remove(change.eventId());
        if (since != null && !phases.isEmpty()) {
            phases.getLast().longest().merge(change.partition(), at - since, Math::max);
        }
    }

    /** Partitions of which a change came since then. */
    synchronized long heardSince(long time) {
        return heard.values().stream().filter(at -> at - time > 0).count();
    }

    /** Distinct changes. */
    synchronized long changes() {
        return seen.size();
    }

    /** Changes that came once more. */
    synchronized long repeated() {
        return repeated;
    }

    /** Versions of a journey that came after a greater one. */
    synchronized long regressions() {
        return regressions;
    }

    /** The longest pause of a phase, in milliseconds; 0 without a change. */
    synchronized long longestMillis(String phase) {
        return phases.stream()
                .filter(each -> each.name().equals(phase))
                .flatMap(each -> each.longest().values().stream())
                .mapToLong(nanos -> nanos / 1_000_000)
                .max()
                .orElse(0);
    }

    synchronized List<String> phases() {
        return phases.stream().map(Phase::name).distinct().toList();
    }

    /** A line for each phase, in it the pause of each partition. */
    synchronized List<String> table() {
        var partitions = phases.stream()
                .flatMap(phase -> phase.longest().keySet().stream())
                .sorted()
                .distinct()
                .toList();
        var lines = new ArrayList<String>();
        lines.add(line(title, partitions));
        for (var phase : phases) {
            lines.add(line(
                    phase.name(),
                    partitions.stream()
                            .map(partition -> phase.longest().get(partition))
                            .map(nanos -> nanos == null ? "-" : Long.toString(nanos / 1_000_000))
                            .toList()));
        }
        return lines;
    }

    private static String line(String name, List<?> cells) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-38s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%7s", cell)));
        return line.toString();
    }
}

package dev.borrowerjourney.sandbox.demo.operator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journeys that moved last. Bounded twice, by journeys and by what is kept of all of them together, so that a load of
 * any size costs the page nothing but the oldest.
 */
final class Journeys {

    static final int KEPT = 2_000;
    static final int MOST_EVENTS = 40_000;
    static final int LARGEST_PAGE = 100;

    /** The one that moved last at the end. */
    private final LinkedHashMap<String, Journey> byId = new LinkedHashMap<>();

    private final LinkedHashMap<String, Quarantined> quarantined = new LinkedHashMap<>();
    private long revision;
    private int events;
    private long forgotten;

    synchronized void told(Told one) {
        change(one.journeyId(), journey -> journey.add(one));
    }

    synchronized void logged(String journeyId, Logged one) {
        change(journeyId, journey -> journey.add(one));
    }

    synchronized void published(String journeyId, Published one) {
        change(journeyId, journey -> journey.add(one));
    }

    synchronized void acknowledged(Acknowledged one) {
        change(one.journeyId(), journey -> journey.add(one));
    }

    /** Moves the journey that it told of, if that is kept here. */
    synchronized void quarantined(Quarantined one) {
        quarantined.putLast(one.eventId(), one);
        if (quarantined.size() > KEPT) {
            quarantined.pollFirstEntry();
        }
        newestFirst()
                .filter(journey -> journey.wasTold(one.eventId()))
                .findFirst()
                .map(Journey::id)
                .ifPresent(this::touched);
    }

    /** Those of these events that are known to be in quarantine. */
    synchronized Map<String, Quarantined> quarantined(Collection<String> eventIds) {
        return eventIds.stream()
                .filter(quarantined::containsKey)
                .collect(Collectors.toMap(id -> id, quarantined::get, (one, _) -> one));
    }

    /** Something was found out of the journey that is not kept here, such as what became of a push. */
    synchronized void touched(String journeyId) {
        if (byId.containsKey(journeyId)) {
            change(journeyId, _ -> {});
        }
    }

    synchronized long revision() {
        return revision;
    }

    /** Ids of journeys that moved after a revision, the last first, at most a page. */
    synchronized List<String> movedAfter(long earlier) {
        return newestFirst()
                .takeWhile(journey -> journey.revision() > earlier)
                .limit(LARGEST_PAGE)
                .map(Journey::id)
                .toList();
    }

    synchronized Journey.Seen seen(String journeyId) {
        var journey = byId.get(journeyId);
        return journey == null ? Journey.Seen.NOTHING : journey.seen();
    }

    /**
     * A line that was found.
     *
     * @param because what a search found it by; null if nothing was searched for
     */
    record Found(Journey.Row row, @Nullable String because) {}

    /**
     * What a list shows.
     *
     * @param items at most a page, the one that moved last first
     * @param matching how many there are
     * @param forgotten journeys that had to go, some of them perhaps more than once
     * @param statuses how many of all are in each status at the platform
     */
    record Page(
            List<Found> items,
            int matching,
            int kept,
            long forgotten,
            int behind,
            Map<String, Integer> statuses,
            long revision) {}

    /** @param status null for any; text empty for any */
    synchronized Page page(@Nullable String status, String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        var statuses = new TreeMap<String, Integer>();
        var found = new ArrayList<Found>();
        int matching = 0;
        int behind = 0;
        for (var journey : newestFirst().toList()) {
            var is = journey.status().orElse("UNKNOWN");
            statuses.merge(is, 1, Integer::sum);
            var row = journey.row();
            behind += row.inStep() ? 0 : 1;
            var because = wanted.isEmpty() ? null : journey.match(wanted).orElse("");
            if ((status == null || status.equals(is)) && !"".equals(because)) {
                matching++;
                if (found.size() < LARGEST_PAGE) {
                    found.add(new Found(row, because));
                }
            }
        }
        return new Page(found, matching, byId.size(), forgotten, behind, statuses, revision);
    }

    private Stream<Journey> newestFirst() {
        return byId.sequencedValues().reversed().stream();
    }

    private void change(String journeyId, Consumer<Journey> change) {
        var journey = byId.remove(journeyId);
        if (journey == null) {
            journey = new Journey(journeyId);
        }
        byId.put(journeyId, journey);
        events -= journey.size();
        change.accept(journey);
        events += journey.size();
        journey.revised(++revision);
        while (byId.size() > KEPT || (events > MOST_EVENTS && byId.size() > 1)) {
            var eldest = byId.pollFirstEntry().getValue();
            events -= eldest.size();
            forgotten++;
        }
    }
}

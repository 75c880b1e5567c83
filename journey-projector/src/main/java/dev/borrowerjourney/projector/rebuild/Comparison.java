package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.rebuild.PostgresServed.Place;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Served;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Compares what is served with the shadow, page by page. */
record Comparison(PostgresServed served, PostgresShadow shadow, Set<String> erased) {

    static final int PAGE = 2_000;

    /** Hands out journeys of the shadow that may differ. */
    void differing(Consumer<List<Place>> places) {
        pages(true, places);
    }

    /** Hands out journeys that only the read model has. */
    void onlyServed(Consumer<List<Place>> places) {
        pages(false, places);
    }

    private void pages(boolean ofShadow, Consumer<List<Place>> places) {
        var after = "";
        var end = served.endOfPage(ofShadow, after, PAGE);
        while (end.isPresent()) {
            var upTo = end.get();
            places.accept(ofShadow ? served.differing(after, upTo) : served.onlyServed(after, upTo));
            after = upTo;
            end = served.endOfPage(ofShadow, after, PAGE);
        }
    }

    /** What differs of these journeys now. */
    List<Difference> of(Collection<String> keys) {
        var should = new HashMap<String, ShadowRow>();
        shadow.rows(keys).forEach(row -> should.put(row.journeyKey(), row));
        var now = served.served(keys);
        return keys.stream()
                .map(key -> Difference.between(key, now.getOrDefault(key, Served.NOT), should.get(key)))
                .flatMap(Optional::stream)
                .filter(difference -> !isErased(difference))
                .toList();
    }

    private boolean isErased(Difference difference) {
        var row = difference.served().row();
        var should = difference.should();
        return (row != null && erased.contains(row.borrowerKey()))
                || (should != null && erased.contains(should.borrowerKey()));
    }
}

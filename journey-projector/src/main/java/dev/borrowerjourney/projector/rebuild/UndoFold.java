package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.Decoded;
import dev.borrowerjourney.projector.projection.Snapshot;
import dev.borrowerjourney.projector.rebuild.PostgresRuns.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes on from registers that were kept, each from where it had taken the log in. */
final class UndoFold {

    private final Map<String, Long> kept = new HashMap<>();
    private final Map<String, ShadowRow> rows = new HashMap<>();
    private final Set<Long> deadLetters;

    UndoFold(List<Kept> kept, Set<Long> deadLetters) {
        kept.forEach(each -> {
            this.kept.put(each.row().journeyKey(), each.applied());
            rows.put(each.row().journeyKey(), each.row());
        });
        this.deadLetters = deadLetters;
    }

    void take(Decoded record) {
        if (record instanceof Decoded.Legible(var source, var snapshot) && !deadLetters.contains(source.offset())) {
            snapshot.journeys().forEach(said -> observe(source.offset(), snapshot, said));
        }
    }

    List<String> keys() {
        return new ArrayList<>(rows.keySet());
    }

    Map<String, ShadowRow> rows() {
        return rows;
    }

    private void observe(long offset, Snapshot snapshot, Snapshot.Said said) {
        var key = snapshot.borrower().journeyKey(said.journeyId());
        var from = kept.get(key);
        if (from != null && offset > from) {
            rows.computeIfPresent(key, (_, row) -> row.observe(said.observation()));
        }
    }
}

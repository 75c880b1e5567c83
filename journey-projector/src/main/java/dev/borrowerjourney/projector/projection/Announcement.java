package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.VisibleState;
import dev.borrowerjourney.projector.publication.Outgoing;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.projector.state.LogPartition;
import dev.borrowerjourney.projector.state.Registers;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.Freshness;
import dev.borrowerjourney.schemas.event.FreshnessState;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyState;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.event.SourceOffset;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is published of changes, made of the rows that were written: the same, byte for byte, as whoever reads them from the
 * tables would publish.
 */
final class Announcement {

    private final LogPartition partition;

    Announcement(LogPartition partition) {
        this.partition = partition;
    }

    List<Outgoing> changes(List<Fold> folds) {
        return folds.stream()
                .flatMap(fold -> fold.changes().stream())
                .<Outgoing>map(this::change)
                .toList();
    }

    /** The states that the changes have led to. */
    List<Outgoing.Latest> states(List<Fold> folds) {
        Map<String, JourneyRow> rows = new HashMap<>();
        Map<String, ChangeRow> causes = new HashMap<>();
        for (var fold : folds) {
            fold.journeys().forEach(row -> rows.put(row.journeyKey(), row));
            fold.changes().forEach(change -> causes.put(change.journeyKey(), change));
        }
        return causes.values().stream()
                .map(cause -> new Outgoing.Latest(
                        state(Objects.requireNonNull(rows.get(cause.journeyKey()))),
                        cause.correlationId(),
                        cause.traceparent()))
                .toList();
    }

    private Outgoing.Change change(ChangeRow row) {
        var value = new JourneyChanged(
                EventIds.change(new BorrowerKey(row.borrowerKey()), row.journeyId(), row.version())
                        .toString(),
                row.borrowerKey(),
                row.applicationId().toString(),
                row.journeyId(),
                row.version(),
                row.before() == null ? null : Contents.read(row.before()),
                Contents.read(row.after()),
                Source.valueOf(row.source()),
                row.platformAt(),
                row.changedAt(),
                row.confirmedAt(),
                freshness(row.changedAt(), row.stale()),
                row.eventId(),
                sourceOffset(row.sourceOffset()));
        return new Outgoing.Change(row.position(), row.sourceOffset(), value, row.correlationId(), row.traceparent());
    }

    private JourneyState state(JourneyRow row) {
        var journey = row.journey();
        var visible = journey.visible().orElseThrow();
        var core = Contents.readCore(visible.core().content());
        var details = visible.details() == null
                ? null
                : Contents.readDetails(visible.details().content());
        return new JourneyState(
                row.borrowerKey(),
                row.applicationId().toString(),
                row.journeyId(),
                journey.version(),
                details == null ? null : details.getType(),
                core.getStatus(),
                core.getNextAction(),
                details,
                source(visible),
                visible.core().time(),
                Objects.requireNonNull(row.changedAt()),
                row.confirmedAt(),
                freshness(row.freshAsOf(), row.stale()),
                Registers.core(journey.core().sequenced()),
                Registers.core(journey.core().timed()),
                Registers.details(journey.details().sequenced()),
                Registers.details(journey.details().timed()),
                sourceOffset(row.sourceOffset()));
    }

    private static Source source(VisibleState visible) {
        return Source.valueOf(visible.core().provenance().source().name());
    }

    private static Freshness freshness(@Nullable Instant asOf, boolean stale) {
        return new Freshness(asOf, stale ? FreshnessState.STALE : FreshnessState.FRESH);
    }

    private SourceOffset sourceOffset(long offset) {
        return new SourceOffset(partition.topicId(), partition.partition(), offset);
    }
}

package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.projection.JourneyRow;
import dev.borrowerjourney.schemas.event.JourneyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes into the shadow what the log does not hold any more, and no more than that: what it still holds it has to tell
 * alone, or a register that is wrong would never heal. Taking in twice does no harm, so an interrupted fill begins again.
 */
final class Fill {

    private static final int BATCH = 500;

    private final KafkaWholeTopic states;
    private final PostgresServed served;
    private final PostgresShadow shadow;
    private final Map<Integer, ShadowPartition> partitions;
    private final Set<String> erased;
    private final Map<Integer, List<ShadowRow>> waiting = new HashMap<>();

    Fill(
            KafkaWholeTopic states,
            PostgresServed served,
            PostgresShadow shadow,
            Map<Integer, ShadowPartition> partitions,
            Set<String> erased) {
        this.states = states;
        this.served = served;
        this.shadow = shadow;
        this.partitions = partitions;
        this.erased = erased;
    }

    /** Published states first: they know journeys and versions that the read model may have lost. */
    void run() {
        if (!states.read(this::take)) {
            throw new Refusal("topic journeys: missing (expected: made before, by the catalogue)");
        }
        waiting.keySet().forEach(this::flush);
        fromReadModel();
    }

    private void take(String key, @Nullable Object value) {
        switch (value) {
            case null -> {
                waiting.keySet().forEach(this::flush);
                shadow.forget(List.of(key));
            }
            case JourneyState state -> {
                if (!erased.contains(state.getBorrowerKey())) {
                    add(state.getSourceOffset().getPartition(), PublishedStates.row(key, state));
                }
            }
            default -> throw new Refusal("topic journeys: holds what is no state, under the key " + Masked.key(key));
        }
    }

    /** Registers that moved without a visible change were never published and stand in the read model only. */
    private void fromReadModel() {
        var cut = partitions.values().stream()
                .filter(partition -> partition.fillBefore() != null)
                .map(ShadowPartition::partition)
                .toList();
        long all = cut.isEmpty() ? 0 : served.count(cut);
        long done = 0;
        var progress = new Progress("read the read model");
        var page = cut.isEmpty() ? List.<PostgresServed.Place>of() : served.page(cut, "", BATCH);
        while (!page.isEmpty()) {
            var rows = served.journeys(
                    page.stream().map(PostgresServed.Place::journeyKey).toList());
            page.forEach(place -> add(place, rows.get(place.journeyKey())));
            waiting.keySet().forEach(this::flush);
            done += page.size();
            progress.at(Math.min(done, all), all);
            page = served.page(cut, page.getLast().journeyKey(), BATCH);
        }
    }

    private void add(PostgresServed.Place place, @Nullable JourneyRow row) {
        if (row != null && !erased.contains(row.borrowerKey())) {
            add(
                    place.partition(),
                    new ShadowRow(
                            row.journeyKey(),
                            row.borrowerKey(),
                            row.applicationId(),
                            row.journeyId(),
                            row.journey(),
                            0));
        }
    }

    private void add(int partition, ShadowRow row) {
        var known = partitions.get(partition);
        var before = known == null ? null : known.fillBefore();
        var rows = waiting.computeIfAbsent(partition, _ -> new ArrayList<>());
        rows.add(receivedBefore(before, row));
        if (rows.size() >= BATCH) {
            flush(partition);
        }
    }

    private void flush(int partition) {
        var rows = waiting.get(partition);
        if (rows != null && !rows.isEmpty()) {
            shadow.join(partition, rows);
            rows.clear();
        }
    }

    /** Without the registers that were received at a moment or later, or without any where there is no such moment. */
    static ShadowRow receivedBefore(@Nullable Instant moment, ShadowRow row) {
        return new ShadowRow(
                row.journeyKey(),
                row.borrowerKey(),
                row.applicationId(),
                row.journeyId(),
                new Journey(
                        receivedBefore(moment, row.journey().core()),
                        receivedBefore(moment, row.journey().details()),
                        0),
                row.publishedVersion());
    }

    private static Group receivedBefore(@Nullable Instant moment, Group group) {
        return new Group(receivedBefore(moment, group.sequenced()), receivedBefore(moment, group.timed()));
    }

    private static @Nullable Register receivedBefore(@Nullable Instant moment, @Nullable Register register) {
        return register != null
                        && moment != null
                        && register.provenance().receivedAt().isBefore(moment)
                ? register
                : null;
    }
}

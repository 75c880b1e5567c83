package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.Decoded;
import dev.borrowerjourney.projector.projection.PostgresReadModel;
import dev.borrowerjourney.projector.projection.Snapshots;
import dev.borrowerjourney.projector.projection.SourceRecord;
import dev.borrowerjourney.projector.rebuild.ShadowFold.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Takes one partition's log into the shadow, on one thread. Journeys stay in memory between two writes, so a write costs
 * by journeys and not by records; whatever happens, the offset is written with them.
 */
final class ShadowReplay {

    /** Records between two writes, at most. */
    private static final int WINDOW = 100_000;

    private static final int SLICE = 500;

    /** Journeys in memory; each thread may take a quarter of the heap, and large ones need 16 KiB. */
    private static final int JOURNEYS = Math.clamp(Runtime.getRuntime().maxMemory() / 4 / (16 * 1024), 2_000, 50_000);

    private static final Duration UNWRITTEN = Duration.ofSeconds(5);

    /** What all partitions share. */
    record Tools(Snapshots snapshots, PostgresShadow shadow, Pace pace, IntConsumer done, String topicId) {}

    private final Tools tools;
    private final KafkaLog log;
    private final Set<String> erased;
    private long tried;

    ShadowReplay(Tools tools, KafkaLog log, Set<String> erased) {
        this.tools = tools;
        this.log = log;
        this.erased = erased;
    }

    /**
     * Goes on to an offset of the log, which the read model has applied: so whatever it gave up on the way is known.
     *
     * @throws Refusal if the log does not hold what is wanted
     */
    ShadowPartition run(ShadowPartition from, long to) {
        var state = from;
        var deadLetters = tools.shadow().deadLetters(tools.topicId(), from.partition());
        var fold = new ShadowFold(deadLetters, erased);
        int most = WINDOW;
        while (state.applied() < to) {
            try {
                state = window(state, to, most, fold);
                most = Math.min(WINDOW, most * 8);
            } catch (RuntimeException e) {
                if (PostgresReadModel.refusal(e).isEmpty()) {
                    throw e;
                }
                // One of them is to blame, and it is alone with its fault in a smaller window.
                state = most == 1 ? leftOut(state) : state;
                most = Math.max(1, most / 8);
                fold = new ShadowFold(deadLetters, erased);
            }
        }
        return state;
    }

    private ShadowPartition window(ShadowPartition from, long to, int most, ShadowFold fold) {
        log.seek(from.partition(), from.applied() + 1);
        long deadline = System.nanoTime() + UNWRITTEN.toNanos();
        long offset = from.applied();
        int taken = 0;
        while (taken < most && fold.size() < JOURNEYS && System.nanoTime() < deadline) {
            var records = log.next(Math.min(SLICE, most - taken), to);
            if (records.isEmpty()) {
                offset = to;
                break;
            }
            tools.pace().take(records.size());
            fold.take(decoded(records), tools.shadow()::rows);
            offset = records.getLast().offset();
            tried = offset;
            taken += records.size();
            tools.done().accept(records.size());
        }
        tools.shadow().advance(from, offset, fold.changed(), fold.counts());
        fold.written(JOURNEYS - SLICE);
        return from.at(offset);
    }

    private List<Decoded> decoded(List<SourceRecord> records) {
        var decoded = new ArrayList<Decoded>(records.size());
        records.forEach(record -> decoded.add(tools.snapshots().decode(record)));
        return decoded;
    }

    /** As a projection does with what the database refuses alone. */
    private ShadowPartition leftOut(ShadowPartition from) {
        tools.shadow().advance(from, tried, List.of(), new Counts(1, 1, 0, 0));
        return from.at(tried);
    }
}

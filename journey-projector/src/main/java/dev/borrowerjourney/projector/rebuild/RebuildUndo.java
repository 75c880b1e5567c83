package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.projector.rebuild.PostgresRuns.Kept;
import dev.borrowerjourney.projector.rebuild.PostgresRuns.Reach;
import dev.borrowerjourney.projector.rebuild.PostgresRuns.Run;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Served;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes the latest run back: the registers that it replaced, and what the log has said since, are written as ordinary
 * changes again. No version falls, and nothing that was told is untold.
 */
record RebuildUndo(Rebuild rebuild, TransactionOperations transaction, Clock clock) {

    /** As many as one transaction writes while the owner of the partition waits. */
    private static final int AT_ONCE = 500;

    private static final int SLICE = 500;

    /**
     * @param changes that readers see, and that are published
     * @param unseen journeys of which only the registers were taken back
     * @param staying journeys that the read model did not have before the run; they stay
     */
    record Result(long run, long changes, long unseen, long staying) {}

    int run(Arguments arguments, PrintStream out) throws IOException {
        var audit = Audit.of("rebuild undo", arguments);
        var run = rebuild.runs().toUndo().orElseThrow(() -> new Refusal("there is no run that could be taken back"));
        var topicId = rebuild.topicId();
        var result = Objects.requireNonNull(undo(run, topicId));
        rebuild.runs().undone(run.id(), now(), audit.who(), audit.why());
        audit.note("run " + run.id(), "UNDONE");
        out.println("run " + run.id() + " of " + run.begunAt() + " is taken back: " + result.changes()
                + " changes written, and registers of " + result.unseen() + " journeys that nobody sees; "
                + result.staying() + " journeys that were not there before stay");
        JsonResult.write(arguments, result);
        return OperatorCommand.OK;
    }

    private Result undo(Run run, String topicId) {
        try (var log = rebuild.logs().get()) {
            var reach = rebuild.runs().reach(run.id());
            assertReached(reach, topicId, log.bounds());
            var work = new Work(
                    run.id(),
                    topicId,
                    log,
                    new Writing(rebuild, now()),
                    rebuild.erasures().read());
            reach.keySet().forEach(work::partition);
            var counts = rebuild.runs().counts(run.id());
            return new Result(run.id(), work.changes, work.unseen, counts.unknown());
        }
    }

    /** Before anything is written: half a run taken back would be worse than none. */
    private static void assertReached(Map<Integer, Reach> reach, String topicId, Map<Integer, KafkaLog.Bounds> log) {
        reach.forEach((partition, wanted) -> {
            var bounds = log.get(partition);
            if (!wanted.topicId().equals(topicId) || bounds == null) {
                throw new Refusal("partition " + partition
                        + ": the topic was made anew since the run, so it cannot be taken back");
            }
            if (bounds.first() > wanted.applied() + 1) {
                throw new Refusal("partition " + partition + ": the log begins at " + bounds.first()
                        + ", and what was said from " + (wanted.applied() + 1) + " on is needed to take the run back;"
                        + " it cannot be taken back any more");
            }
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One run of the command. */
    private final class Work {

        private final long run;
        private final String topicId;
        private final KafkaLog log;
        private final Writing writing;
        private final Set<String> erased;
        private final Progress progress = new Progress("undo");
        private final long all;
        private long done;
        private long changes;
        private long unseen;

        Work(long run, String topicId, KafkaLog log, Writing writing, Set<String> erased) {
            this.run = run;
            this.topicId = topicId;
            this.log = log;
            this.writing = writing;
            this.erased = erased;
            var counts = rebuild.runs().counts(run);
            this.all = counts.changed() - counts.unknown() - counts.undone();
        }

        void partition(int partition) {
            var kept = rebuild.runs().kept(run, partition, AT_ONCE);
            while (!kept.isEmpty()) {
                takeBack(partition, kept);
                done += kept.size();
                progress.at(done, all);
                kept = rebuild.runs().kept(run, partition, AT_ONCE);
            }
        }

        /** The long way without the lock, and the rest of it with. */
        private void takeBack(int partition, List<Kept> kept) {
            long from = kept.getFirst().applied();
            long near = rebuild.served().applied(topicId).getOrDefault(partition, from);
            var fold = new UndoFold(kept, rebuild.shadow().deadLetters(topicId, partition));
            fold(fold, partition, from, near);
            transaction.executeWithoutResult(_ -> {
                var place = Rebuild.partition(topicId, partition);
                var locked = rebuild.corrections().lock(place);
                fold(fold, partition, near, locked.applied());
                var written = writing.write(place, locked, differences(fold));
                rebuild.runs().undone(run, fold.keys());
                long visible = Writing.visible(written);
                changes += visible;
                unseen += written.size() - visible;
            });
        }

        private void fold(UndoFold fold, int partition, long from, long to) {
            if (from >= to) {
                return;
            }
            log.seek(partition, from + 1);
            var records = log.next(SLICE, to);
            while (!records.isEmpty()) {
                records.forEach(record -> fold.take(rebuild.snapshots().decode(record)));
                records = log.next(SLICE, to);
            }
        }

        private List<Difference> differences(UndoFold fold) {
            var now = rebuild.served().served(fold.keys());
            return fold.rows().entrySet().stream()
                    .filter(row -> !erased.contains(row.getValue().borrowerKey()))
                    .map(row -> Difference.between(
                            row.getKey(), now.getOrDefault(row.getKey(), Served.NOT), row.getValue()))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}

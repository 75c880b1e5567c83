package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.projector.projection.PostgresReadModel;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes what differs as ordinary changes, some at a time, each time under the lock of a partition and as of its offset.
 * Whatever was written is no difference any more, so an interrupted command is simply run again.
 */
record RebuildApply(Rebuild rebuild, TransactionOperations transaction, Clock clock) {

    private static final int AT_ONCE = 100;

    /**
     * @param run the name under which it can be taken back
     * @param changes that readers see, and that are published
     * @param unseen journeys of which only the registers were mended
     * @param refused journeys that the database does not take, by the beginning of their key's SHA-256
     */
    record Result(long run, long changes, long unseen, List<String> refused) {}

    int run(Arguments arguments, PrintStream out) throws IOException {
        var audit = Audit.of("rebuild apply", arguments);
        var rate = arguments.number("--rate", 0).orElse(Rebuild.USUAL_RATE);
        rebuild.standing();
        var erased = rebuild.erasures().read();
        new Shadowing(rebuild, erased, rate).run();
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long run = rebuild.runs().begin(at, audit.who(), audit.why());
        audit.note("run " + run, "BEGUN");
        var work = new Work(run, new Writing(rebuild, at), erased);
        var result = work.all();
        rebuild.runs().ended(run, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        audit.note("run " + run, result.refused().isEmpty() ? "APPLIED" : "APPLIED_IN_PART");
        print(result, out);
        JsonResult.write(arguments, result);
        return result.refused().isEmpty() ? OperatorCommand.OK : OperatorCommand.FAILED;
    }

    private static void print(Result result, PrintStream out) {
        out.println("run " + result.run() + ": " + result.changes() + " changes written, and registers of "
                + result.unseen() + " journeys that nobody sees");
        if (!result.refused().isEmpty()) {
            System.err.println("the database does not take: " + String.join(", ", result.refused()));
        }
    }

    /** One run of the command. */
    private final class Work {

        private final long run;
        private final Writing writing;
        private final Set<String> erased;
        private final Comparison comparison;
        private final List<String> refused = new ArrayList<>();
        private long changes;
        private long unseen;

        Work(long run, Writing writing, Set<String> erased) {
            this.run = run;
            this.writing = writing;
            this.erased = erased;
            this.comparison = new Comparison(rebuild.served(), rebuild.shadow(), erased);
        }

        Result all() {
            var topicId = rebuild.topicId();
            var progress = new Progress("apply");
            long size = rebuild.shadow().size();
            var looked = new long[1];
            try (var log = rebuild.logs().get()) {
                var replay = rebuild.replay(log, erased, new Pace(0), _ -> {});
                comparison.differing(places -> {
                    places.stream()
                            .collect(Collectors.groupingBy(Place::partition))
                            .forEach((partition, some) -> {
                                for (int from = 0; from < some.size(); from += AT_ONCE) {
                                    var keys = some.subList(from, Math.min(some.size(), from + AT_ONCE)).stream()
                                            .map(Place::journeyKey)
                                            .toList();
                                    write(topicId, partition, keys, replay);
                                }
                            });
                    looked[0] += Comparison.PAGE;
                    progress.at(Math.min(looked[0], size), size);
                });
            }
            return new Result(run, changes, unseen, refused);
        }

        private void write(String topicId, int partition, List<String> keys, ShadowReplay replay) {
            try {
                var written =
                        Objects.requireNonNull(transaction.execute(_ -> locked(topicId, partition, keys, replay)));
                long visible = Writing.visible(written);
                changes += visible;
                unseen += written.size() - visible;
            } catch (RuntimeException e) {
                if (PostgresReadModel.refusal(e).isEmpty()) {
                    throw e;
                }
                if (keys.size() == 1) {
                    refused.add(Masked.key(keys.getFirst()));
                } else {
                    keys.forEach(key -> write(topicId, partition, List.of(key), replay));
                }
            }
        }

        private List<Correction> locked(String topicId, int partition, List<String> keys, ShadowReplay replay) {
            var log = Rebuild.partition(topicId, partition);
            var locked = rebuild.corrections().lock(log);
            var state = Objects.requireNonNull(rebuild.shadow().partitions().get(partition));
            if (locked.applied() < state.applied()) {
                throw new Refusal(log + ": the read model is at " + locked.applied() + " and reads the log again; the"
                        + " shadow is at " + state.applied() + ": run the command once more when it is there");
            }
            replay.run(state, locked.applied());
            var written = writing.write(log, locked, comparison.of(keys));
            rebuild.runs().keep(run, log, locked.applied(), written);
            return written;
        }
    }
}

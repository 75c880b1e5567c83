package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Shows what is served otherwise than the log tells it, both as of the same offsets. */
record RebuildDiff(Rebuild rebuild, TransactionOperations atOneMoment) {

    private static final long USUAL_LIMIT = 20;

    /**
     * One difference, masked.
     *
     * @param journey the beginning of the key's SHA-256
     * @param differs names of members and registers
     */
    record Entry(
            String journey,
            Difference.Kind kind,
            long version,
            @Nullable String status,
            @Nullable String nextAction,
            @Nullable String shouldStatus,
            @Nullable String shouldNextAction,
            List<String> differs) {}

    /** @param offsets up to where both were compared, by partition */
    record Result(Map<Difference.Kind, Long> counts, Map<Integer, Long> offsets, List<Entry> entries) {}

    int run(Arguments arguments, PrintStream out) throws IOException {
        var limit = arguments.number("--limit", 0).orElse(USUAL_LIMIT);
        var rate = arguments.number("--rate", 0).orElse(Rebuild.USUAL_RATE);
        rebuild.standing();
        var erased = rebuild.erasures().read();
        new Shadowing(rebuild, erased, rate).run();
        var result = Objects.requireNonNull(atOneMoment.execute(_ -> compare(erased, limit)));
        print(result, out);
        JsonResult.write(arguments, result);
        return OperatorCommand.OK;
    }

    private Result compare(Set<String> erased, long limit) {
        var offsets = catchUp(erased);
        var counts = new EnumMap<Difference.Kind, Long>(Difference.Kind.class);
        for (var kind : Difference.Kind.values()) {
            counts.put(kind, 0L);
        }
        var entries = new ArrayList<Entry>();
        var comparison = new Comparison(rebuild.served(), rebuild.shadow(), erased);
        Consumer<List<Place>> look = places -> {
            for (var difference :
                    comparison.of(places.stream().map(Place::journeyKey).toList())) {
                counts.merge(difference.kind(), 1L, Long::sum);
                if (entries.size() < limit) {
                    entries.add(entry(difference));
                }
            }
        };
        comparison.differing(look);
        comparison.onlyServed(look);
        return new Result(counts, offsets, entries);
    }

    /** To where the read model stands as of this transaction's moment. */
    private Map<Integer, Long> catchUp(Set<String> erased) {
        var applied = rebuild.served().applied(rebuild.topicId());
        try (var log = rebuild.logs().get()) {
            var replay = rebuild.replay(log, erased, new Pace(0), _ -> {});
            rebuild.shadow().partitions().forEach((partition, state) -> {
                var to = applied.get(partition);
                if (to != null) {
                    if (to < state.applied()) {
                        throw new Refusal("partition " + partition + ": the read model is at " + to
                                + " and reads the log again; the shadow is at " + state.applied()
                                + ": run the command once more when it is there, or rebuild --shadow --restart");
                    }
                    replay.run(state, to);
                }
            });
        }
        return applied;
    }

    private static Entry entry(Difference difference) {
        var row = difference.served().row();
        var seen = difference.served().seen();
        var should = difference.should() == null
                ? Seen.NOTHING
                : Seen.of(difference.should().journey());
        return new Entry(
                Masked.key(difference.journeyKey()),
                difference.kind(),
                row == null ? 0 : row.journey().version(),
                Masked.constant(seen.status()),
                Masked.constant(seen.nextAction()),
                Masked.constant(should.status()),
                Masked.constant(should.nextAction()),
                Members.differing(difference));
    }

    private static void print(Result result, PrintStream out) {
        var table = new Table("JOURNEY", "KIND", "VERSION", "SERVED", "SHOULD BE", "DIFFERS");
        for (var entry : result.entries()) {
            table.row(
                    entry.journey(),
                    entry.kind().name(),
                    Long.toString(entry.version()),
                    state(entry.status(), entry.nextAction()),
                    state(entry.shouldStatus(), entry.shouldNextAction()),
                    String.join(", ", entry.differs()));
        }
        if (!result.entries().isEmpty()) {
            table.print(out);
        }
        long all = result.counts().values().stream().mapToLong(Long::longValue).sum();
        if (result.entries().size() < all) {
            out.println("… and " + (all - result.entries().size()) + " more (--limit)");
        }
        out.println();
        result.counts().forEach((kind, count) -> out.println(kind + " " + count));
        out.println(all + " differ as of " + result.offsets());
    }

    private static String state(@Nullable String status, @Nullable String nextAction) {
        return status == null ? "-" : status + "/" + Objects.requireNonNullElse(nextAction, "-");
    }
}

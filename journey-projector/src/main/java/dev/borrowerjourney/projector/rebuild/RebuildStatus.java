package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what stands, how old it is and how far. */
record RebuildStatus(Rebuild rebuild) {

    private static final int RUNS = 5;

    /**
     * @param served the last offset that the read model has applied; null where nobody has begun
     * @param fillBefore what was received before was taken from elsewhere, too; null if the log is whole
     */
    record Partition(
            int partition,
            long first,
            long shadow,
            @Nullable Long served,
            @Nullable Instant fillBefore) {}

    /** @param shadow null if there is none */
    record Result(
            @Nullable ShadowInfo shadow,
            List<Partition> partitions,
            ShadowFold.Counts records,
            long journeys,
            List<PostgresRuns.Run> runs) {}

    int run(Arguments arguments, PrintStream out) throws IOException {
        var info = rebuild.shadow().info().orElse(null);
        var partitions = new ArrayList<Partition>();
        if (info != null) {
            var applied = rebuild.served().applied(info.topicId());
            rebuild.shadow()
                    .partitions()
                    .values()
                    .forEach(each -> partitions.add(new Partition(
                            each.partition(),
                            each.first(),
                            each.applied(),
                            applied.get(each.partition()),
                            each.fillBefore())));
        }
        var result = new Result(
                info,
                partitions,
                rebuild.shadow().counts(),
                rebuild.shadow().size(),
                rebuild.runs().latest(RUNS));
        print(result, out);
        JsonResult.write(arguments, result);
        return OperatorCommand.OK;
    }

    private static void print(Result result, PrintStream out) {
        var info = result.shadow();
        if (info == null) {
            out.println("no shadow");
        } else {
            out.println("shadow begun " + info.begunAt() + " by " + info.begunBy() + " (" + info.begunWhy() + ")"
                    + (info.filledAt() == null ? ", not filled yet: go on with rebuild --shadow" : ""));
            out.println(result.journeys() + " journeys of " + result.records().records() + " records");
            partitions(result.partitions()).print(out);
        }
        if (!result.runs().isEmpty()) {
            out.println();
            runs(result.runs()).print(out);
        }
    }

    private static Table partitions(List<Partition> partitions) {
        var table = new Table("PARTITION", "LOG FROM", "SHADOW AT", "SERVED AT", "FILLED BEFORE");
        partitions.forEach(each -> table.row(
                Integer.toString(each.partition()),
                Long.toString(each.first()),
                Long.toString(each.shadow()),
                each.served() == null ? "-" : each.served().toString(),
                filled(each.fillBefore())));
        return table;
    }

    private static String filled(@Nullable Instant before) {
        if (before == null) {
            return "-";
        }
        return before.isAfter(Instant.parse("9999-01-01T00:00:00Z")) ? "always" : before.toString();
    }

    private static Table runs(List<PostgresRuns.Run> runs) {
        var table = new Table("RUN", "BEGUN", "BY", "STATE");
        runs.forEach(run -> table.row(
                Long.toString(run.id()),
                run.begunAt().toString(),
                run.begunBy(),
                run.undoneAt() != null
                        ? "undone " + run.undoneAt() + " by " + run.undoneBy()
                        : run.endedAt() != null ? "applied " + run.endedAt() : "interrupted: run --apply again"));
        return table;
    }
}

package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shows what was given up, and why. */
record DeadLetterList(PostgresDeadLetters letters, Clock clock) {

    private static final long USUAL = 100;

    /** @param byReason of all that were asked for, whether or not they are among the latest shown */
    record Result(long total, Map<String, Long> byReason, List<Entry> entries) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var options = new ArrayList<>(Selection.OPTIONS);
        options.addAll(List.of("--all", "--limit=", "--json="));
        var arguments = Arguments.parse(line, options.toArray(String[]::new));
        arguments.noWords();
        var selection = Selection.of(arguments, clock, !arguments.has("--all"));
        var limit = arguments.number("--limit", 1).orElse(USUAL);
        var byReason = letters.byReason(selection);
        var total = byReason.values().stream().mapToLong(Long::longValue).sum();
        var result = new Result(total, byReason, letters.latest(selection, limit));
        print(result, out);
        JsonResult.write(arguments, result);
        return OperatorCommand.OK;
    }

    private static void print(Result result, PrintStream out) {
        var table = new Table("ID", "REASON", "KEY", "RECORDED", "FOUND", "STATE");
        for (var entry : result.entries()) {
            table.row(
                    entry.id(),
                    entry.why(),
                    Objects.requireNonNullElse(entry.key(), "-"),
                    entry.recordedAt().toString(),
                    entry.foundAt().toString(),
                    entry.told());
        }
        table.print(out);
        if (result.entries().size() < result.total()) {
            out.println("… and " + (result.total() - result.entries().size()) + " earlier ones (--limit)");
        }
        out.println();
        result.byReason().forEach((reason, count) -> out.println(reason + " " + count));
        out.println(result.total() + " in all");
    }
}

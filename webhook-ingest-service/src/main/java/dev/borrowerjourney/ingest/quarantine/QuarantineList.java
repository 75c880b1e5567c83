package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows what is in quarantine, and why. */
record QuarantineList(KafkaQuarantine quarantine, Clock clock) {

    /** @param byReason of all that were asked for, whether or not they are among the latest shown */
    record Result(int total, Map<String, Long> byReason, List<Entry> entries) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var arguments =
                Arguments.parse(line, "--application=", "--reason=", "--since=", "--all", "--limit=", "--json=");
        arguments.noWords();
        var filter = Filter.of(arguments, clock);
        long limit = arguments.number("--limit", 1).orElse(100L);
        var found = quarantine.entries().stream()
                .filter(filter)
                .filter(entry -> arguments.has("--all") || !entry.isReleased())
                .toList();
        var result = new Result(
                found.size(),
                found.stream().collect(Collectors.groupingBy(Entry::reason, TreeMap::new, Collectors.counting())),
                found.stream().skip(Math.max(0, found.size() - limit)).toList());
        print(result, out);
        JsonResult.write(arguments, result);
        return OperatorCommand.OK;
    }

    private static void print(Result result, PrintStream out) {
        var table = new Table("EVENT ID", "APPLICATION", "REASON", "PLACE", "RECEIVED", "RELEASED");
        for (var entry : result.entries()) {
            var released = entry.released();
            table.row(
                    entry.eventId(),
                    entry.applicationId(),
                    entry.reason(),
                    Objects.requireNonNullElse(entry.detail(), "-"),
                    entry.receivedAt().toString(),
                    released == null ? "-" : released.at() + " by " + released.by());
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

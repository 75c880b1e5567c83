package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.notifier.BorrowerOption;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;

/** Tells of which changes a borrower's devices were told, and of which not and why. */
final class NotificationsCommand implements OperatorCommand {

    private final BorrowerOption option;
    private final ObjectProvider<PostgresHistory> history;

    NotificationsCommand(BorrowerOption option, ObjectProvider<PostgresHistory> history) {
        this.option = option;
        this.history = history;
    }

    @Override
    public String verb() {
        return "notifications";
    }

    @Override
    public String help() {
        return """
                notifications list --borrower ID [--application ID] [--limit N] [--by WHO] [--why TEXT] [--json FILE]
                notifications list --borrower-key KEY [--limit N] [--by WHO] [--why TEXT] [--json FILE]

                The latest notifications of a borrower, the newest first, with what became of each: of which changes the
                devices were told by push, and of which not and why. What ended longer ago than
                notifier.notification.retention is not there any more.

                --borrower ID      by the id that the identity provider tells
                --borrower-key KEY by the pseudonym that stands in topics and tables
                --application ID   with --borrower needed where several are configured
                --limit            the latest N (50)

                Exit code: 0 ok, also if there are none, 1 failed, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(
                line, "--borrower=", "--borrower-key=", "--application=", "--limit=", "--by=", "--why=", "--json=");
        var word = arguments.word("list");
        if (!word.equals("list")) {
            throw new UsageException("'" + word + "' (expected: list)");
        }
        var audit = Audit.ofReading("notifications list", arguments);
        var borrower = option.borrower(arguments);
        var entries = history.getObject()
                .latest(borrower, arguments.number("--limit", 1).orElse(50L));
        audit.note(borrower.value(), entries.isEmpty() ? "NONE" : "SHOWN");
        print(entries, out);
        JsonResult.write(arguments, new Result(borrower.value(), entries));
        return OK;
    }

    private static void print(List<HistoryEntry> entries, PrintStream out) {
        var table = new Table("JOURNEY", "VERSION", "KIND", "DEVICE", "CHANNEL", "DUE", "ATTEMPTS", "OUTCOME", "AT");
        for (var entry : entries) {
            var ended = entry.completedAt();
            table.row(
                    entry.journeyId(),
                    Long.toString(entry.version()),
                    entry.kind(),
                    entry.deviceId(),
                    entry.channel(),
                    entry.dueAt().toString(),
                    Integer.toString(entry.attempts()),
                    Objects.requireNonNullElse(entry.outcome(), "OPEN"),
                    (ended == null ? entry.nextAt() : ended).toString());
        }
        table.print(out);
        out.println(entries.size() + " shown; AT is the end, and of what is open the next look");
    }

    /** What {@code --json} writes. */
    record Result(String borrowerKey, List<HistoryEntry> notifications) {}
}

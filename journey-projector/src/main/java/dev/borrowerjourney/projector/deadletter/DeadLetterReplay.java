package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.projector.projection.Legibility;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends records through the log once more. What the log has twice does no harm, so a record is appended first and its dead
 * letter marked then: a command that was killed in between repeats one record and loses none.
 */
record DeadLetterReplay(PostgresDeadLetters letters, KafkaReplay log, Legibility legibility, Clock clock) {

    private static final long USUAL = 100;

    enum Outcome {
        /** The log has it, and it is marked. */
        REPLAYED,
        /** Would be replayed; nothing was written. */
        WOULD_BE_REPLAYED,
        REPLAYED_BEFORE,
        PARKED_BEFORE,
        /** The log did not take it, or the mark. */
        FAILED;

        boolean done() {
            return this == REPLAYED || this == WOULD_BE_REPLAYED || this == REPLAYED_BEFORE;
        }
    }

    /** @param detail what an operator should know beside the outcome, without any value of the record */
    record Replayed(String id, Outcome outcome, String detail) {}

    /** @param left how many more were asked for than the limit allows */
    record Result(List<Replayed> replayed, long left) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var options = new ArrayList<>(Selection.OPTIONS);
        options.addAll(List.of("--all", "--limit=", "--again", "--dry-run", "--json="));
        var arguments = Acting.parse(line, options);
        var audit =
                Audit.of(arguments.has("--dry-run") ? "dead-letters replay dry-run" : "dead-letters replay", arguments);
        var asked = asked(arguments);
        var result = letters.alone(() -> replay(asked, arguments, audit, out)).orElse(null);
        if (result == null) {
            System.err.println("another replay is running; nothing was done");
            return OperatorCommand.FAILED;
        }
        if (result.replayed().isEmpty()) {
            System.err.println("no dead letter that was asked for");
        }
        if (result.left() > 0) {
            out.println("… and " + result.left() + " more (--limit, or the same command again)");
        }
        JsonResult.write(arguments, result);
        var found = !result.replayed().isEmpty() || arguments.has("--all");
        return found && result.replayed().stream().allMatch(one -> one.outcome().done())
                ? OperatorCommand.OK
                : OperatorCommand.FAILED;
    }

    private Selection asked(Arguments arguments) {
        if (arguments.has("--all")) {
            arguments.noWords();
            return Selection.of(arguments, clock, !arguments.has("--again"));
        }
        if (arguments.words().isEmpty()) {
            throw new UsageException("the id of a dead letter or --all (expected: one of them)");
        }
        for (var option : List.of("--reason", "--partition", "--key", "--since")) {
            if (arguments.has(option)) {
                throw new UsageException(option + ": with an id (expected: with --all)");
            }
        }
        return Selection.one(arguments);
    }

    private Result replay(Selection asked, Arguments arguments, Audit audit, PrintStream out) {
        var limit = arguments.number("--limit", 1).orElse(USUAL);
        var total = letters.byReason(asked).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        var entries = letters.inOrderOfTheLog(asked, limit);
        var results = new ArrayList<Replayed>();
        var progress = new Progress("replay");
        for (var entry : entries) {
            var result = replay(entry, arguments, audit);
            audit.note(entry.id(), result.outcome().name());
            out.println(result.id() + " " + result.outcome()
                    + (result.detail().isEmpty() ? "" : " (" + result.detail() + ")"));
            results.add(result);
            progress.at(results.size(), entries.size());
            if (result.outcome() == Outcome.FAILED) {
                System.err.println("stopped, so that nothing overtakes it");
                break;
            }
        }
        return new Result(results, total - entries.size());
    }

    private Replayed replay(Entry entry, Arguments arguments, Audit audit) {
        if (entry.state() != State.OPEN && !arguments.has("--again")) {
            var before = entry.state() == State.PARKED ? Outcome.PARKED_BEFORE : Outcome.REPLAYED_BEFORE;
            return new Replayed(entry.id(), before, entry.told() + "; --again replays it nevertheless");
        }
        try {
            var content = letters.content(entry);
            if (arguments.has("--dry-run")) {
                return new Replayed(entry.id(), Outcome.WOULD_BE_REPLAYED, "reads today: " + today(content));
            }
            var place = log.append(content, entry.id());
            mark(entry, audit, place);
            return new Replayed(entry.id(), Outcome.REPLAYED, "to " + place);
        } catch (IllegalStateException e) {
            return new Replayed(entry.id(), Outcome.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Messages that are not ours may quote what could not be written.
            return new Replayed(entry.id(), Outcome.FAILED, e.getClass().getSimpleName());
        }
    }

    private void mark(Entry entry, Audit audit, String place) {
        try {
            letters.decide(entry, State.REPLAYED, new Entry.Decision(clock.instant(), audit.who(), audit.why(), place));
        } catch (RuntimeException e) {
            throw new IllegalStateException("appended at " + place + ", and not marked as replayed", e);
        }
    }

    private String today(Content content) {
        try {
            return legibility.today(content.key(), content.value(), content.headers());
        } catch (RuntimeException e) {
            return "unknown, the registry does not give its schema";
        }
    }
}

package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Marks a dead letter as given up on purpose. */
record DeadLetterPark(PostgresDeadLetters letters, Clock clock) {

    enum Outcome {
        PARKED,
        PARKED_BEFORE,
        /** Its record went through the log again, so there is nothing to give up. */
        REPLAYED_BEFORE,
        NOT_FOUND
    }

    record Parked(String id, Outcome outcome, String detail) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Acting.parse(line, List.of("--json="));
        var audit = Audit.of("dead-letters park", arguments);
        var results = new ArrayList<Parked>();
        for (var entry : letters.inOrderOfTheLog(Selection.one(arguments), Integer.MAX_VALUE)) {
            results.add(park(entry, audit));
        }
        if (results.isEmpty()) {
            results.add(new Parked(arguments.words().getFirst(), Outcome.NOT_FOUND, ""));
        }
        for (var result : results) {
            audit.note(result.id(), result.outcome().name());
            out.println(result.id() + " " + result.outcome()
                    + (result.detail().isEmpty() ? "" : " (" + result.detail() + ")"));
        }
        JsonResult.write(arguments, results);
        return results.stream()
                        .allMatch(result ->
                                result.outcome() == Outcome.PARKED || result.outcome() == Outcome.PARKED_BEFORE)
                ? OperatorCommand.OK
                : OperatorCommand.FAILED;
    }

    private Parked park(Entry entry, Audit audit) {
        return switch (entry.state()) {
            case OPEN -> {
                letters.decide(
                        entry, State.PARKED, new Entry.Decision(clock.instant(), audit.who(), audit.why(), null));
                yield new Parked(entry.id(), Outcome.PARKED, "");
            }
            case PARKED -> new Parked(entry.id(), Outcome.PARKED_BEFORE, entry.told());
            case REPLAYED -> new Parked(entry.id(), Outcome.REPLAYED_BEFORE, entry.told());
        };
    }
}

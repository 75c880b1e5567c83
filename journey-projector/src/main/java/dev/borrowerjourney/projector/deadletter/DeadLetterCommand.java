package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** {@code dead-letters list | show | replay | park}. */
final class DeadLetterCommand implements OperatorCommand {

    private final ObjectProvider<DeadLetterList> list;
    private final ObjectProvider<DeadLetterShow> show;
    private final ObjectProvider<DeadLetterReplay> replay;
    private final ObjectProvider<DeadLetterPark> park;

    DeadLetterCommand(
            ObjectProvider<DeadLetterList> list,
            ObjectProvider<DeadLetterShow> show,
            ObjectProvider<DeadLetterReplay> replay,
            ObjectProvider<DeadLetterPark> park) {
        this.list = list;
        this.show = show;
        this.replay = replay;
        this.park = park;
    }

    @Override
    public String verb() {
        return "dead-letters";
    }

    @Override
    public String help() {
        return """
                dead-letters list|show|replay|park    records that their own data made impossible to apply
                  list [--reason R] [--partition N] [--key KEY] [--since INSTANT|DURATION] [--all] [--limit N] [--json FILE]
                      the open ones, counted by reason; --all: those replayed or parked, too; --since: found since then;
                      --limit: the latest N (100)
                  show ID [--by WHO] [--why TEXT] [--json FILE]
                      the record, masked: names and structure, and of the values only what is public by the contract;
                      and what the version of this jar makes of it
                  replay ID [--by WHO] --why TEXT [--again] [--dry-run] [--json FILE]
                  replay --all [--reason R] [--partition N] [--key KEY] [--since …] [--by WHO] --why TEXT [--limit N]
                         [--again] [--dry-run] [--json FILE]
                      appends the record to journey-snapshots once more, with the header dead_letter_id, in the order of
                      the log, and marks it; at most N of them (100); --again: also what was replayed or parked before
                  park ID [--by WHO] --why TEXT [--json FILE]
                      marks it as given up on purpose
                --by may be left out where the process's user has a name.
                Exit code: 0 all done, 1 something asked for was not found or not done, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "list" -> list.getObject().run(rest, out);
            case "show" -> show.getObject().run(rest, out);
            case "replay" -> replay.getObject().run(rest, out);
            case "park" -> park.getObject().run(rest, out);
            default -> throw new UsageException("list, show, replay or park (expected: one of them first)");
        };
    }
}

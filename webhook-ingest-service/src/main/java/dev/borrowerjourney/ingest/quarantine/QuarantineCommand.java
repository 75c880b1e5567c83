package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.ingest.delivery.Redelivery;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** {@code quarantine list | show | release}. */
class QuarantineCommand implements OperatorCommand {

    private final ObjectProvider<KafkaQuarantine> quarantine;
    private final ObjectProvider<Redelivery> redelivery;
    private final Clock clock;

    QuarantineCommand(ObjectProvider<KafkaQuarantine> quarantine, ObjectProvider<Redelivery> redelivery, Clock clock) {
        this.quarantine = quarantine;
        this.redelivery = redelivery;
        this.clock = clock;
    }

    @Override
    public String verb() {
        return "quarantine";
    }

    @Override
    public String help() {
        return """
                quarantine list|show|release    deliveries that are authentic and could not be read
                  list [--application ID] [--reason R] [--since INSTANT|DURATION] [--all] [--limit N] [--json FILE]
                      the deliveries in quarantine, counted by reason; --all: those released, too; --limit: the latest N (100)
                  show EVENT_ID [--application ID] [--by WHO] [--why TEXT] [--json FILE]
                      the body, masked: structure, names and types, and of the values only what is public by the contract
                  release EVENT_ID [--application ID] --by WHO --why TEXT [--again] [--dry-run] [--json FILE]
                  release --all [--application ID] [--reason R] [--since …] --by WHO --why TEXT [--again] [--dry-run] [--json FILE]
                      reads the body again; what is legible now goes to journey-snapshots with its first receipt, and is
                      marked as released; what is not stays; --again: also what was released already
                Exit code: 0 all done, 1 something asked for was not found or not released, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "list" -> new QuarantineList(quarantine.getObject(), clock).run(rest, out);
            case "show" -> new QuarantineShow(quarantine.getObject(), redelivery.getObject(), clock).run(rest, out);
            case "release" ->
                new QuarantineRelease(quarantine.getObject(), redelivery.getObject(), clock).run(rest, out);
            default -> throw new UsageException("list, show or release (expected: one of them first)");
        };
    }
}

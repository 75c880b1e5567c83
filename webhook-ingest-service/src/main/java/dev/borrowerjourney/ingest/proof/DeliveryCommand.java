package dev.borrowerjourney.ingest.proof;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.ingest.proof.KafkaSnapshotLog.Recorded;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** {@code delivery prove}. */
class DeliveryCommand implements OperatorCommand {

    private final ObjectProvider<KafkaSnapshotLog> log;
    private final ObjectProvider<Prover> prover;
    private final Clock clock;

    DeliveryCommand(ObjectProvider<KafkaSnapshotLog> log, ObjectProvider<Prover> prover, Clock clock) {
        this.log = log;
        this.prover = prover;
        this.clock = clock;
    }

    @Override
    public String verb() {
        return "delivery";
    }

    @Override
    public String help() {
        return """
                delivery prove EVENT_ID    proves that the log holds what the platform signed
                  prove EVENT_ID [--since INSTANT|DURATION] [--partition P --offset O] [--by WHO] [--why TEXT] [--json FILE]
                      looks for the event's records in journey-snapshots (all of them, those since a time, or the one at a
                      place), opens what is sealed and checks seal, hash, signature and readable fields; shows no value
                Exit code: 0 all proved, 1 something refuted or undecided or no record found, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        if (arguments.isEmpty() || !arguments.getFirst().equals("prove")) {
            throw new UsageException("prove (expected: it first)");
        }
        return prove(
                Arguments.parse(
                        arguments.subList(1, arguments.size()),
                        "--since=",
                        "--partition=",
                        "--offset=",
                        "--by=",
                        "--why=",
                        "--json="),
                out);
    }

    private int prove(Arguments arguments, PrintStream out) throws IOException {
        var eventId = arguments.word("an event id");
        var audit = Audit.ofReading("delivery prove", arguments);
        var proofs = find(eventId, arguments).stream().map(this::proof).toList();
        proofs.forEach(proof -> print(proof, out));
        if (proofs.isEmpty()) {
            System.err.println("event " + eventId + ": no record found");
        }
        var holds = !proofs.isEmpty() && proofs.stream().allMatch(Proof::holds);
        audit.note(eventId, proofs.isEmpty() ? "NOT_FOUND" : holds ? "PROVED" : "NOT_PROVED");
        JsonResult.write(arguments, proofs);
        return holds ? OK : FAILED;
    }

    private List<Recorded> find(String eventId, Arguments arguments) {
        var since = arguments.moment("--since", clock).orElse(null);
        var partition = arguments.number("--partition", 0);
        var offset = arguments.number("--offset", 0);
        if (partition.isPresent() != offset.isPresent()) {
            throw new UsageException("--partition and --offset (expected: both or none)");
        }
        if (partition.isEmpty() || offset.isEmpty()) {
            return log.getObject().find(eventId, since);
        }
        return log.getObject().at(Math.toIntExact(partition.get()), offset.get()).stream()
                .filter(recorded -> recorded.snapshot().getEventId().equals(eventId))
                .toList();
    }

    private Proof proof(Recorded recorded) {
        var snapshot = recorded.snapshot();
        return new Proof(
                snapshot.getEventId(),
                snapshot.getApplicationId(),
                recorded.partition(),
                recorded.offset(),
                snapshot.getReceivedAt().toString(),
                prover.getObject().check(snapshot));
    }

    private static void print(Proof proof, PrintStream out) {
        out.println("event " + proof.eventId() + " of application " + proof.applicationId() + ", received "
                + proof.receivedAt() + ", partition " + proof.partition() + ", offset " + proof.offset());
        proof.findings()
                .forEach(finding ->
                        out.printf("  %-9s %-9s %s%n", finding.check(), finding.verdict(), finding.meaning()));
    }
}

package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.ingest.delivery.Redelivery;
import dev.borrowerjourney.ingest.delivery.Reread;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sends on what can be read now. What is published twice does no harm, so it is published first and marked then. */
record QuarantineRelease(KafkaQuarantine quarantine, Redelivery redelivery, Clock clock) {

    enum Outcome {
        /** The log has it, and it is marked. */
        RELEASED,
        /** Would be released; nothing was written. */
        WOULD_BE_RELEASED,
        RELEASED_BEFORE,
        STILL_ILLEGIBLE,
        /** Speaks for another application or tenant. */
        FOREIGN_BODY,
        /** No key opens it, or it was changed. */
        NOT_OPENED,
        /** The log did not take it, or the mark. */
        FAILED;

        boolean done() {
            return this == RELEASED || this == WOULD_BE_RELEASED || this == RELEASED_BEFORE;
        }
    }

    /** @param detail what an operator should know beside the outcome, without any value from the body */
    record Released(String eventId, String applicationId, int partition, long offset, Outcome outcome, String detail) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(
                line,
                "--all",
                "--application=",
                "--reason=",
                "--since=",
                "--by=",
                "--why=",
                "--again",
                "--dry-run",
                "--json=");
        var audit =
                Audit.of(arguments.has("--dry-run") ? "quarantine release dry-run" : "quarantine release", arguments);
        var asked = asked(arguments);
        var entries = quarantine.entries().stream().filter(asked).toList();
        var results = new ArrayList<Released>();
        var progress = new Progress("release");
        for (var entry : entries) {
            var result = release(entry, arguments, audit);
            audit.note(entry.eventId(), result.outcome().name());
            out.println(result.eventId() + " " + result.outcome()
                    + (result.detail().isEmpty() ? "" : " (" + result.detail() + ")"));
            results.add(result);
            progress.at(results.size(), entries.size());
            if (result.outcome() == Outcome.FAILED) {
                System.err.println("stopped: what failed for one would fail for all");
                break;
            }
        }
        if (entries.isEmpty()) {
            System.err.println("nothing in quarantine that was asked for");
        }
        JsonResult.write(arguments, results);
        var found = !entries.isEmpty() || arguments.has("--all");
        return found && results.stream().allMatch(result -> result.outcome().done())
                ? OperatorCommand.OK
                : OperatorCommand.FAILED;
    }

    private Predicate<Entry> asked(Arguments arguments) {
        var filter = Filter.of(arguments, clock);
        if (arguments.has("--all")) {
            arguments.noWords();
            return filter.and(entry -> arguments.has("--again") || !entry.isReleased());
        }
        if (arguments.words().isEmpty()) {
            throw new UsageException("an event id or --all (expected: one of them)");
        }
        var eventId = arguments.word("an event id");
        return filter.and(entry -> entry.eventId().equals(eventId));
    }

    private Released release(Entry entry, Arguments arguments, Audit audit) {
        var before = entry.released();
        if (before != null && !arguments.has("--again")) {
            return result(
                    entry, Outcome.RELEASED_BEFORE, before.at() + " by " + before.by() + "; --again does it again");
        }
        try {
            var sealed = quarantine.sealed(entry);
            return switch (redelivery.read(sealed.kept())) {
                case Reread.Legible(var snapshot)
                when arguments.has("--dry-run") -> result(entry, Outcome.WOULD_BE_RELEASED, told(entry, snapshot));
                case Reread.Legible(var snapshot) -> {
                    redelivery.publish(
                            snapshot,
                            sealed.origin().correlationId().orElse(null),
                            sealed.origin().traceparent().orElse(null));
                    quarantine.markReleased(entry, audit.who(), clock.instant());
                    yield result(entry, Outcome.RELEASED, told(entry, snapshot));
                }
                case Reread.Illegible(var reason, var place) ->
                    result(entry, Outcome.STILL_ILLEGIBLE, place.isEmpty() ? reason.name() : reason + " at " + place);
                case Reread.Foreign() -> result(entry, Outcome.FOREIGN_BODY, "");
                case Reread.Unopened() -> result(entry, Outcome.NOT_OPENED, "");
            };
        } catch (RuntimeException e) {
            return result(entry, Outcome.FAILED, told(e));
        }
    }

    /** Messages that are not ours may quote what could not be written. */
    private static String told(RuntimeException failure) {
        var message = failure instanceof IllegalStateException ? failure.getMessage() : null;
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String told(Entry entry, JourneySnapshot snapshot) {
        var journeys = snapshot.getJourneys().size() + " journeys";
        return snapshot.getEventId().equals(entry.eventId())
                ? journeys
                : journeys + ", as event " + snapshot.getEventId();
    }

    private static Released result(Entry entry, Outcome outcome, String detail) {
        return new Released(entry.eventId(), entry.applicationId(), entry.partition(), entry.offset(), outcome, detail);
    }
}

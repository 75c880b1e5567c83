package dev.borrowerjourney.notifier.erasure;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.notifier.BorrowerOption;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** Forgets a borrower. */
final class BorrowerCommand implements OperatorCommand {

    private final BorrowerOption option;
    private final ObjectProvider<PostgresErasure> erasure;

    BorrowerCommand(BorrowerOption option, ObjectProvider<PostgresErasure> erasure) {
        this.option = option;
        this.erasure = erasure;
    }

    @Override
    public String verb() {
        return "borrower";
    }

    @Override
    public String help() {
        return """
                borrower forget --borrower ID [--application ID] --by WHO --why TEXT [--json FILE]
                borrower forget --borrower-key KEY --by WHO --why TEXT [--json FILE]

                Removes all that this service keeps of a borrower: devices with their addresses, preferences, notifications,
                acknowledgements, tickets, and that a stream is open. Outcomes that are not published yet go with them. A push
                that is under way may still arrive within 10 s (notifier.push.timeout), and no other goes out, not even of what
                was due; run it again after that, to remove what was being written meanwhile. It cannot be taken back. An app
                that is still signed in registers its device again: have the borrower's tokens end first. Records of topics are
                not touched; they go with their retention.

                --borrower ID      by the id that the identity provider tells
                --borrower-key KEY by the pseudonym that stands in topics and tables
                --application ID   with --borrower needed where several are configured
                --by, --why        who acts and why, for the audit line

                Exit code: 0 ok, also if nothing was kept, 1 failed, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var arguments =
                Arguments.parse(line, "--borrower=", "--borrower-key=", "--application=", "--by=", "--why=", "--json=");
        var word = arguments.word("forget");
        if (!word.equals("forget")) {
            throw new UsageException("'" + word + "' (expected: forget)");
        }
        var audit = Audit.of("borrower forget", arguments);
        var borrower = option.borrower(arguments);
        var forgotten = erasure.getObject().forget(borrower);
        audit.note(borrower.value(), forgotten.nothing() ? "NOTHING_KEPT" : "FORGOTTEN");
        out.printf(
                "%d devices, %d preferences, %d notifications, %d acknowledgements, %d tickets, %d open streams%n",
                forgotten.devices(),
                forgotten.preferences(),
                forgotten.notifications(),
                forgotten.acknowledgements(),
                forgotten.tickets(),
                forgotten.openStreams());
        JsonResult.write(arguments, new Result(borrower.value(), forgotten));
        return OK;
    }

    /** What {@code --json} writes. */
    record Result(String borrowerKey, Forgotten forgotten) {}
}

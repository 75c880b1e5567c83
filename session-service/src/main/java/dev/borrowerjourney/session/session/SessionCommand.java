package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/** Ends sessions without their borrowers. */
final class SessionCommand implements OperatorCommand {

    private static final List<String> CHOICES = List.of("--session", "--borrower", "--borrower-key", "--all");

    private final ObjectProvider<PlatformProperties> platform;
    private final ObjectProvider<PseudonymKey> pseudonymKey;
    private final ObjectProvider<PostgresEnding> sessions;

    SessionCommand(
            ObjectProvider<PlatformProperties> platform,
            ObjectProvider<PseudonymKey> pseudonymKey,
            ObjectProvider<PostgresEnding> sessions) {
        this.platform = platform;
        this.pseudonymKey = pseudonymKey;
        this.sessions = sessions;
    }

    @Override
    public String verb() {
        return "session";
    }

    @Override
    public String help() {
        return """
                session end --session ID --by WHO --why TEXT [--json FILE]
                session end --borrower ID [--application ID] --by WHO --why TEXT [--json FILE]
                session end --borrower-key KEY [--application ID] --by WHO --why TEXT [--json FILE]
                session end --application ID --by WHO --why TEXT [--json FILE]
                session end --all --by WHO --why TEXT [--json FILE]

                Ends the sessions that there are when it begins: their tokens open nothing any more, in running instances
                within session.lifetime.look-up, in one that has lost the database within session.lifetime.without-database.
                The platform's own tokens are erased here within three minutes; the platform has no call that ends them.
                Borrowers who still have a token of the identity provider can create a session anew.

                --session ID       one session
                --borrower ID      all of a borrower, by the id that the identity provider tells
                --borrower-key KEY the same by the pseudonym that stands in topics and tables
                --application ID   all of an application; with --borrower needed where several are configured
                --all              all of this deployment
                --by, --why        who acts and why, for the audit line

                Exit code: 0 ok, also if there was nothing to end, 1 failed, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(
                line,
                "--session=",
                "--borrower=",
                "--borrower-key=",
                "--application=",
                "--all",
                "--by=",
                "--why=",
                "--json=");
        var word = arguments.word("end");
        if (!word.equals("end")) {
            throw new UsageException("'" + word + "' (expected: end)");
        }
        var audit = Audit.of("session end", arguments);
        var whose = whose(arguments);
        var ended = ended(whose, audit);
        out.println("ended: " + ended);
        JsonResult.write(arguments, new Result(ended));
        return OK;
    }

    private int ended(Whose whose, Audit audit) {
        try {
            var ended = sessions.getObject().end(whose);
            audit.note(whose.name(), ended == 0 ? "NONE" : "ENDED");
            return ended;
        } catch (RuntimeException e) {
            audit.note(whose.name(), "FAILED");
            throw e;
        }
    }

    private Whose whose(Arguments arguments) {
        var chosen = CHOICES.stream().filter(arguments::has).toList();
        if (chosen.size() > 1 || (chosen.isEmpty() && !arguments.has("--application"))) {
            throw new UsageException(chosen + " (expected: one of "
                    + Stream.concat(CHOICES.stream(), Stream.of("--application"))
                            .toList() + ")");
        }
        var choice = chosen.isEmpty() ? "--application" : chosen.getFirst();
        return switch (choice) {
            case "--session" -> new Whose(alone(arguments, choice).uuid(choice).orElseThrow(), null, null);
            case "--borrower" -> {
                var application = application(arguments);
                var key = pseudonymKey.getObject().borrowerKey(application, arguments.needed(choice));
                yield new Whose(null, application, key);
            }
            case "--borrower-key" ->
                new Whose(
                        null,
                        arguments.has("--application") ? application(arguments) : null,
                        keyOf(arguments.needed(choice)));
            case "--application" -> new Whose(null, application(arguments), null);
            default -> {
                alone(arguments, choice);
                yield new Whose(null, null, null);
            }
        };
    }

    private static Arguments alone(Arguments arguments, String choice) {
        if (arguments.has("--application")) {
            throw new UsageException("--application with " + choice + " (expected: one of them)");
        }
        return arguments;
    }

    private static BorrowerKey keyOf(String text) {
        try {
            return new BorrowerKey(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--borrower-key: " + e.getMessage());
        }
    }

    private UUID application(Arguments arguments) {
        var known = platform.getObject().applications().stream()
                .map(Application::applicationId)
                .toList();
        var id = arguments.uuid("--application");
        if (id.isEmpty() && known.size() == 1) {
            return known.getFirst();
        }
        return id.filter(known::contains)
                .orElseThrow(() -> new UsageException("--application: "
                        + id.map(UUID::toString).orElse("missing") + " (expected: one of " + known + ")"));
    }

    record Result(int ended) {}
}

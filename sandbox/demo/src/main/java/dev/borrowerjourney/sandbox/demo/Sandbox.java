package dev.borrowerjourney.sandbox.demo;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.tool.Tools;
import java.io.IOException;
import java.nio.file.Path;

/** The command behind {@code sandbox/run}. Exit codes: 0 ok, 1 failed, 2 usage. */
public final class Sandbox {

    private static final String HELP = """
            sandbox/run [--fresh] [--only PARTS] [--skip-build] [--json FILE]
                builds, starts everything, says Ready, and stays until Ctrl-C; a service that dies is started again

              --fresh        deletes data and secrets of earlier runs first
              --only PARTS   starts these parts, parted by commas, and what they need
              --skip-build   starts what was built last
              --json FILE    writes how long each part took, too
              --help         this text

            sandbox/run journey [--count N] [--concurrency C] [--json FILE]
                drives N new borrowers (usually 1), at most C at a time (usually 20), to DISBURSED, against the running
                demo or one that it starts for the purpose; prints each change with the time from the platform's sending
                to the stream's delivery, and fails unless stream, read model and platform agree on every step

            With a demo that runs, each with its own --help:
            sandbox/run hostile SCRIPT|list|show|set|off   makes the platform hostile, and right again
            sandbox/run trigger STATUS --borrower B        has the platform send the webhook of any status
            sandbox/run events [--follow]                  what the platform sent where, masked, and what came of it
            sandbox/run replay EVENT_ID|FROM..TO           sends webhooks once more
            sandbox/run listen --forward-to URL            has webhooks sent to an endpoint of your own, too

            Data stays in sandbox/target/data between starts, logs are in sandbox/target/logs, addresses and
            credentials of the running demo in sandbox/target/demo.json.
            Ports are moved by SANDBOX_PORT_EDGE, _SESSION, _INGEST, _PROJECTOR, _NOTIFIER, _PLATFORM, _PUSH_INBOX,
            _REGISTRY, _OPERATOR, _BROKER, _POSTGRES; management ports of services lie 1000 above, the broker's
            controller 1 above. http://127.0.0.1:18088/ shows an operator what happens.

            Exit code: 0 stopped when asked, 1 failed, 2 wrong usage.""";

    private Sandbox() {}

    /**
     * Runs the command.
     *
     * @param arguments as the person typed them, without those that the script itself takes
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws IOException {
        try {
            var layout = new Layout(
                    Path.of(System.getProperty("sandbox.repository", ".")),
                    Path.of(System.getProperty("sandbox.target", "sandbox/target")));
            return switch (Invocation.of(arguments)) {
                case Invocation.Help() -> say(HELP);
                case Invocation.Tool(var verb, var words) -> Tools.run(layout, verb, words);
                case Invocation.Drive drive -> new DriveCommand(layout).run(drive);
                case Invocation.Run run -> new RunCommand(layout, Ports.of(System.getenv())).run(run);
            };
        } catch (Invocation.Misunderstood | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static int say(String text) {
        System.out.println(text);
        return 0;
    }
}

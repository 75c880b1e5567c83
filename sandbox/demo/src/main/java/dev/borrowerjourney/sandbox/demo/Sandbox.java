package dev.borrowerjourney.sandbox.demo;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.tool.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The command behind {@code sandbox/run}. Exit codes: 0 ok, 1 failed, 2 usage. */
public final class Sandbox {

    /** The script shows it, too, where nothing is built yet. */
    private static final String HELP = "/help/run.txt";

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
                case Invocation.Help() -> help();
                case Invocation.Tool(var verb, var words) -> Tools.run(layout, verb, words);
                case Invocation.Drive drive -> new DriveCommand(layout).run(drive);
                case Invocation.Run run -> new RunCommand(layout, Ports.of(System.getenv())).run(run);
            };
        } catch (Invocation.Misunderstood | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static int help() throws IOException {
        try (var text = Objects.requireNonNull(Sandbox.class.getResourceAsStream(HELP), HELP)) {
            text.transferTo(System.out);
        }
        return 0;
    }
}

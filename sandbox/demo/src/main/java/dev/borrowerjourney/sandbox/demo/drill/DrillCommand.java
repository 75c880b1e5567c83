package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import tools.jackson.databind.json.JsonMapper;

/** The command behind {@code sandbox/drill}. Exit codes: 0 all ok, 1 one failed, 2 usage. */
public final class DrillCommand {

    private static final String HELP = """
            sandbox/drill NAME|all [--quick] [--full] [--seed N] [--skip-build] [--json FILE]
            sandbox/drill --list
                breaks the running product under load, and proves that what it promises still holds

              --list         names all drills
              --quick        as short as it can be and still prove something; what sandbox/verify runs
              --full         ingest-outage really lasts ten minutes, instead of signing with a clock that is behind;
                             projector-restart goes three rounds
              --seed N       repeats ids, borrowers, arrivals and choices of an earlier run
              --skip-build   drills what was built last
              --json FILE    writes everything that was counted, too
              --help         this text

            Progress is on standard error. Standard output has a line for each drill, and a last one:
                drill NAME ok|FAILED seed S events E lost L wrong W regressions R recovery T s
                drills N ok M failed lost L
            Data and logs are in sandbox/target/drill; ports are moved as for sandbox/run.

            Exit code: 0 all ok; 1 a drill failed; 2 wrong usage.""";

    private DrillCommand() {}

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
            return switch (DrillInvocation.of(arguments)) {
                case DrillInvocation.Help() -> say(HELP);
                case DrillInvocation.Names() -> say(String.join("\n", DrillInvocation.known()));
                case DrillInvocation.Run run -> drill(run);
            };
        } catch (DrillInvocation.Misunderstood | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static int drill(DrillInvocation.Run run) throws IOException {
        var results = new ArrayList<DrillResult>();
        try (var drills = drills(run)) {
            for (var name : run.names()) {
                results.add(name.equals(ProjectorRestart.NAME) ? restart(run, drills) : drills.run(name));
                System.out.println(results.getLast().line());
            }
        }
        if (run.json() != null) {
            OwnFiles.write(
                    run.json(),
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(results));
        }
        System.out.println(DrillResult.lastLine(results));
        return results.stream().allMatch(DrillResult::ok) ? 0 : 1;
    }

    /** On parts of its own, once those of the other drills have gone. */
    private static DrillResult restart(DrillInvocation.Run run, Drills others) {
        others.close();
        return new ProjectorRestart(
                        () -> ProjectorStage.start(layout(), Ports.of(System.getenv())),
                        ProjectorRestart.Plan.of(run.quick(), run.full()),
                        System.err::println)
                .run(seed(run));
    }

    private static Layout layout() {
        return new Layout(
                Path.of(System.getProperty("sandbox.repository", ".")),
                Path.of(System.getProperty("sandbox.target", "sandbox/target")).resolve("drill"));
    }

    private static long seed(DrillInvocation.Run run) {
        return run.seed() == null ? System.currentTimeMillis() : run.seed();
    }

    private static Drills drills(DrillInvocation.Run run) {
        var ports = Ports.of(System.getenv());
        var plan = run.quick() ? DrillPlan.quick() : DrillPlan.usual();
        return new Drills(
                () -> Stage.start(layout(), ports),
                run.full() ? plan.withWholeOutage() : plan,
                seed(run),
                System.err::println);
    }

    private static int say(String text) {
        System.out.println(text);
        return 0;
    }
}

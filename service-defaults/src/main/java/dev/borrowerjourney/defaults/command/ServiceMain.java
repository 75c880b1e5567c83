package dev.borrowerjourney.defaults.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The main method of every service: serves, or runs an operator command if the first argument is a verb. */
public final class ServiceMain {

    private static final List<String> HELP = List.of("--help", "-h", "help");

    private ServiceMain() {}

    /** Returns while the service serves; ends the process with the exit code of a command. */
    public static void run(Class<?> service, String... arguments) {
        run(service, List.of(), arguments);
    }

    /**
     * The same for a service with something in it that cannot be without a web server.
     *
     * @param commandSettings what turns that off while a command runs, as in {@code --x.enabled=false}
     */
    public static void run(Class<?> service, List<String> commandSettings, String... arguments) {
        if (isCommand(arguments)) {
            System.exit(command(service, commandSettings, List.of(arguments), System.out));
        }
        SpringApplication.run(service, arguments);
    }

    static boolean isCommand(String... arguments) {
        return arguments.length > 0 && (HELP.contains(arguments[0]) || !arguments[0].startsWith("-"));
    }

    static int command(Class<?> service, List<String> commandSettings, List<String> arguments, PrintStream out) {
        var settings = new ArrayList<>(commandSettings);
        // The check would make every health indicator at once, and so all that they ask, such as the database.
        settings.add("--management.endpoint.health.validate-group-membership=false");
        settings.add("--logging.level.root=WARN");
        settings.add("--logging.level.audit=INFO");
        settings.add("--logging.structured.format.console=ecs");
        // Logs are written to whatever standard output is at that time; a command's result must stay clear of them.
        var before = System.out;
        System.setOut(System.err);
        // Lazy: no listener, pool or server comes up that the command does not use.
        try (var context = new SpringApplicationBuilder(service)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .run(settings.toArray(String[]::new))) {
            return new Commands(
                            context.getBeanProvider(OperatorCommand.class)
                                    .orderedStream()
                                    .toList(),
                            out)
                    .run(arguments);
        } catch (RuntimeException e) {
            // The cause has been reported by Boot already.
            return OperatorCommand.FAILED;
        } finally {
            System.setOut(before);
        }
    }

    /** The commands of one service. */
    record Commands(List<OperatorCommand> commands, PrintStream out) {

        int run(List<String> arguments) {
            var verb = arguments.getFirst();
            if (HELP.contains(verb)) {
                list(out);
                return OperatorCommand.OK;
            }
            for (var command : commands) {
                if (command.verb().equals(verb)) {
                    return run(command, arguments.subList(1, arguments.size()));
                }
            }
            System.err.println(verb + ": no such command");
            list(System.err);
            return OperatorCommand.USAGE;
        }

        private int run(OperatorCommand command, List<String> arguments) {
            if (asksForHelp(arguments)) {
                out.println(command.help());
                return OperatorCommand.OK;
            }
            try {
                return command.run(arguments, out);
            } catch (UsageException e) {
                System.err.println(command.verb() + ": " + e.getMessage());
                System.err.println("java -jar <jar> " + command.verb() + " --help tells about it");
                return OperatorCommand.USAGE;
            } catch (Exception e) {
                System.err.println(command.verb() + " failed: " + e.getMessage());
                return OperatorCommand.FAILED;
            }
        }

        private static boolean asksForHelp(List<String> arguments) {
            return arguments.contains("--help") || (!arguments.isEmpty() && HELP.contains(arguments.getFirst()));
        }

        private void list(PrintStream to) {
            to.println("java -jar <jar> [--<setting>=<value> ...]    serves; the README lists all settings");
            to.println("java -jar <jar> <command> --help             tells about a command");
            commands.forEach(command ->
                    Arrays.stream(command.help().split("\n", -1)).limit(1).forEach(to::println));
        }
    }
}

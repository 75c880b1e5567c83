package dev.borrowerjourney.defaults.command;

import java.io.PrintStream;
import java.util.List;

/**
 * What an operator can make a service's jar do instead of serving; a bean, made only when a command runs. All commands are
 * made for each, so what a command needs it should ask for as a provider and take when it runs.
 */
public interface OperatorCommand {

    int OK = 0;
    int FAILED = 1;
    int USAGE = 2;

    /** The first argument after the jar, as in {@code quarantine}. */
    String verb();

    /** What {@code --help} prints: the forms of the command, a line each, then what they do. */
    String help();

    /**
     * Does it and tells how it went: {@link #OK}, {@link #FAILED} or {@link #USAGE}. What it throws is a failure, and a
     * {@link UsageException} a wrong command line.
     *
     * @param arguments what follows the verb
     * @param out where its result goes, and nothing else: log lines are kept away from it
     */
    int run(List<String> arguments, PrintStream out) throws Exception;
}

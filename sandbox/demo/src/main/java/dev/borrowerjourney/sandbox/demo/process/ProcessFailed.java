package dev.borrowerjourney.sandbox.demo.process;

import java.nio.file.Path;

/** A process ended that should not have, or in another way than it should have. */
public final class ProcessFailed extends RuntimeException {

    private static final int LINES = 20;

    private final transient Path log;

    ProcessFailed(String name, String what, Path log) {
        super(name + " " + what);
        this.log = log;
    }

    /** The message, the log's place and its last lines. */
    public String report() {
        return getMessage() + "; the last lines of " + log + ":\n"
                + String.join(
                        "\n",
                        LogTail.of(log, LINES).stream()
                                .map(line -> "  | " + line)
                                .toList());
    }
}

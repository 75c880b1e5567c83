package dev.borrowerjourney.sandbox.demo.process;

import java.nio.file.Path;

/**
 * A process that was started.
 *
 * @param wave processes of one wave need none of each other; those of a later wave may need it
 */
public record Running(String name, Process process, Path log, StopSignal stopSignal, int wave) {

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** What to say of this process once it is dead. */
    public ProcessFailed death() {
        return new ProcessFailed(name, "died with code " + process.exitValue(), log);
    }
}

package dev.borrowerjourney.sandbox.demo.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the processes are.
 *
 * @param lagRecords records of journey-snapshots that the read model does not have yet; null if the projector does not tell
 * @param lagSeconds how long the oldest of them waits at most
 */
record Health(
        List<Part> processes,
        @Nullable Double lagRecords,
        @Nullable Double lagSeconds) {

    enum State {
        /** It says that it is ready. */
        READY,
        /** It says that it is not, or does not answer. */
        NOT_READY,
        /** It runs, and cannot be asked for more. */
        RUNS,
        /** Somebody sent it SIGSTOP. */
        STOPPED,
        ENDED
    }

    record Part(String name, long pid, State state, long megabytes) {}
}

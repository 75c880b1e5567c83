package dev.borrowerjourney.sandbox.demo.start;

import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.StopSignal;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import java.util.List;

/** One thing that a start does. Names in {@code after} are parts that must have succeeded before. */
public sealed interface Part {

    String name();

    List<String> after();

    /** A process that stays, ready once its probe says so. */
    record Server(String name, List<String> after, Preparation preparation, Probe probe, StopSignal stopSignal)
            implements Part {

        public Server(String name, List<String> after, Preparation preparation, Probe probe) {
            this(name, after, preparation, probe, StopSignal.TERM);
        }
    }

    /** Something to be done once. */
    record Task(String name, List<String> after, Work work) implements Part {}

    /** What must be done before the process starts, and how it is then started. */
    interface Preparation {
        Launch prepare(Supervisor supervisor) throws Exception;
    }

    /** What a task does; processes that it needs go through the supervisor, so that a stop ends them, too. */
    interface Work {
        void perform(Supervisor supervisor) throws Exception;
    }
}

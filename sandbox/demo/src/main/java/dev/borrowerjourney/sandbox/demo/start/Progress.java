package dev.borrowerjourney.sandbox.demo.start;

/** Told of every part that is ready. */
@FunctionalInterface
public interface Progress {

    /**
     * Called once a part.
     *
     * @param millis since the part itself began
     */
    void ready(String name, long millis);
}

package dev.borrowerjourney.sandbox.load.run;

/** When the next delivery is sent. */
public sealed interface Pace {

    /** As soon as a connection is idle: each has one request in flight. */
    record Closed() implements Pace {}

    /**
     * At times of a Poisson process, whatever the answers do.
     *
     * @param seed the same one gives the same schedule
     */
    record Open(double perSecond, long seed) implements Pace {

        public Open {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: more than 0)");
            }
        }
    }
}

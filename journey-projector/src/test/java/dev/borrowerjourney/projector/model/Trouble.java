package dev.borrowerjourney.projector.model;

import java.util.List;
import java.util.Set;

/**
 * What is wrong with a modelled platform, beside webhooks that are delayed, lost, doubled and reordered.
 *
 * @param skewMillis how far each clock of the platform is off at most
 * @param ourSkewMillis how far our clock is off
 * @param lagMillis how far a replica is behind at most
 */
record Trouble(String name, long skewMillis, long ourSkewMillis, long lagMillis, Set<Oddity> oddities) {

    /** What a platform does that it should not do. */
    enum Oddity {
        /** The sequence starts again from 1 in the middle of a journey. */
        RESTARTS,
        /** A webhook that is made anew keeps its sequence. */
        REUSES,
        /** Some webhooks tell no time at all. */
        TIMELESS
    }

    static final Trouble NONE = new Trouble("none of these", 0, 0, 0, Set.of());
    static final Trouble LAG = new Trouble("replicas up to 1.5 s behind", 0, 0, 1_500, Set.of());
    static final Trouble REUSE = new Trouble("and sequences reused", 0, 0, 1_500, Set.of(Oddity.REUSES));
    static final Trouble RESTART = new Trouble("and the sequence restarted", 0, 0, 1_500, Set.of(Oddity.RESTARTS));
    static final Trouble SKEW = new Trouble("and clocks off by up to 1 s", 1_000, 0, 1_500, Set.of());
    static final Trouble SKEW_AND_RESTART = new Trouble("and both of these", 1_000, 0, 1_500, Set.of(Oddity.RESTARTS));
    static final Trouble TIMELESS =
            new Trouble("and 5 % of webhooks without a time", 0, 0, 1_500, Set.of(Oddity.TIMELESS));
    static final Trouble OURS_BEHIND = new Trouble("and our clock 5 s behind", 0, -5_000, 1_500, Set.of());
    static final Trouble LONG_LAG =
            new Trouble("replicas up to 10 s behind, sequence restarted", 0, 0, 10_000, Set.of(Oddity.RESTARTS));

    static final List<Trouble> ALL =
            List.of(NONE, LAG, REUSE, RESTART, SKEW, SKEW_AND_RESTART, TIMELESS, OURS_BEHIND, LONG_LAG);

    /** What every platform has now and then. */
    static final List<Trouble> THE_USUAL = List.of(NONE, LAG, RESTART, SKEW, SKEW_AND_RESTART);

    boolean has(Oddity oddity) {
        return oddities.contains(oddity);
    }
}

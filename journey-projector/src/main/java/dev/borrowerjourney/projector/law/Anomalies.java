package dev.borrowerjourney.projector.law;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what is odd about an observation; asked after the law has decided, and without a say in it. */
public final class Anomalies {

    /** What the clocks of one platform may differ by. */
    static final Duration CLOCK_UNCERTAINTY = Duration.ofSeconds(2);

    private final Predicate<Content> over;

    /** @param over whether a core says that the journey is over */
    public Anomalies(Predicate<Content> over) {
        this.over = over;
    }

    /** What is odd about an observation that took a journey from one state to another. */
    public Set<Anomaly> of(Journey before, Observation observation, Journey after) {
        var found = EnumSet.noneOf(Anomaly.class);
        // A settling poll is the answer to an anomaly: it repeats a sequence on purpose.
        if (!observation.settling()) {
            observation.coreRegister().ifPresent(said -> sequence(before.core().sequenced(), said, found));
        }
        if (becameTooClose(before.core(), after.core()) || becameTooClose(before.details(), after.details())) {
            found.add(Anomaly.TIMES_TOO_CLOSE);
        }
        if (observation.provenance().source() == Source.POLL && differs(observation, after)) {
            found.add(Anomaly.POLL_DIFFERS);
        }
        if (over(before) && !over(after)) {
            found.add(Anomaly.REOPENED);
        }
        return found;
    }

    private static void sequence(@Nullable Register known, Register said, Set<Anomaly> found) {
        if (known == null || !said.sequenced()) {
            return;
        }
        long knownSequence = sequenceOf(known);
        long saidSequence = sequenceOf(said);
        if (saidSequence == knownSequence && !said.content().equals(known.content())) {
            found.add(Anomaly.SEQUENCE_REUSED);
        }
        if (saidSequence < knownSequence && said.strictlyLaterThan(known)) {
            found.add(Anomaly.SEQUENCE_WENT_BACK);
        }
    }

    private static long sequenceOf(Register register) {
        var sequence = register.timing().sequence();
        return sequence == null ? Long.MIN_VALUE : sequence;
    }

    private static boolean becameTooClose(Group before, Group after) {
        return !after.equals(before) && tooClose(after);
    }

    private static boolean tooClose(Group group) {
        var sequenced = group.sequenced();
        var timed = group.timed();
        if (sequenced == null || timed == null || sequenced.content().equals(timed.content())) {
            return false;
        }
        var one = sequenced.time();
        var other = timed.time();
        return one != null
                && other != null
                && Duration.between(one, other).abs().compareTo(CLOCK_UNCERTAINTY) <= 0;
    }

    private static boolean differs(Observation poll, Journey after) {
        var said = poll.core();
        return said != null
                && after.visible()
                        .map(state -> !state.core().content().equals(said))
                        .orElse(false);
    }

    private boolean over(Journey journey) {
        return journey.visible().map(state -> over.test(state.core().content())).orElse(false);
    }
}

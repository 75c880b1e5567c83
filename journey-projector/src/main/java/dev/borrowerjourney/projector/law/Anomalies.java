package dev.borrowerjourney.projector.law;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is odd about an observation; asked after the law has decided, and without a say in it. A rebuild does not
 * ask: what it replays was asked about when it was new.
 */
public final class Anomalies {

    /** What the clocks of one platform may differ by. */
    static final Duration CLOCK_UNCERTAINTY = Duration.ofSeconds(2);

    private final Predicate<Content> over;

    /** @param over whether a core says that the journey is over */
    public Anomalies(Predicate<Content> over) {
        this.over = over;
    }

    /** What is odd about an observation that took a journey from one state to another. */
    public Set<Cause> of(Journey before, Observation observation, Journey after) {
        var found = new LinkedHashSet<Cause>();
        // A settling poll is the answer to an anomaly: it repeats a sequence on purpose.
        if (!observation.settling()) {
            observation.coreRegister().ifPresent(said -> sequence(before.core().sequenced(), said, found));
            observation
                    .detailsRegister()
                    .ifPresent(said -> sequence(before.details().sequenced(), said, found));
        }
        becameTooClose(before.core(), after.core()).ifPresent(found::add);
        becameTooClose(before.details(), after.details()).ifPresent(found::add);
        pollDiffers(observation, after).ifPresent(found::add);
        reopened(before, after).ifPresent(found::add);
        return found;
    }

    private static void sequence(@Nullable Register known, Register said, Set<Cause> found) {
        if (known == null || !said.sequenced()) {
            return;
        }
        long knownSequence = sequenceOf(known);
        long saidSequence = sequenceOf(said);
        if (saidSequence == knownSequence && !borrowed(known) && !said.content().equals(known.content())) {
            found.add(Cause.of(Anomaly.SEQUENCE_REUSED, saidSequence, unordered(known, said)));
        }
        if (saidSequence < knownSequence && said.strictlyLaterThan(known)) {
            found.add(Cause.of(Anomaly.SEQUENCE_WENT_BACK, saidSequence, claim(said)));
        }
    }

    /** A settling poll has settled its sequence, whatever else was said under it. */
    private static boolean borrowed(Register register) {
        return register.provenance().source() == Source.POLL;
    }

    private static long sequenceOf(Register register) {
        var sequence = register.timing().sequence();
        return sequence == null ? Long.MIN_VALUE : sequence;
    }

    private static Optional<Cause> becameTooClose(Group before, Group after) {
        return after.equals(before) ? Optional.empty() : tooClose(after);
    }

    private static Optional<Cause> tooClose(Group group) {
        var sequenced = group.sequenced();
        var timed = group.timed();
        if (sequenced == null || timed == null || sequenced.content().equals(timed.content())) {
            return Optional.empty();
        }
        var one = sequenced.time();
        var other = timed.time();
        if (one == null || other == null || Duration.between(one, other).abs().compareTo(CLOCK_UNCERTAINTY) > 0) {
            return Optional.empty();
        }
        return Optional.of(Cause.of(Anomaly.TIMES_TOO_CLOSE, claim(sequenced), claim(timed)));
    }

    /** A poll that settles and differs yet is a cause of its own each time, else nobody would ask again. */
    private static Optional<Cause> pollDiffers(Observation observation, Journey after) {
        var said = observation.coreRegister().orElse(null);
        var visible = after.visible().orElse(null);
        if (said == null
                || visible == null
                || observation.provenance().source() != Source.POLL
                || visible.core().content().equals(said.content())) {
            return Optional.empty();
        }
        var poll = observation.settling() ? claim(said) : said.content().hash();
        return Optional.of(Cause.of(Anomaly.POLL_DIFFERS, claim(visible.core()), poll));
    }

    private Optional<Cause> reopened(Journey before, Journey after) {
        return before.visible()
                .map(VisibleState::core)
                .filter(core -> over.test(core.content()))
                .flatMap(core -> after.visible()
                        .map(VisibleState::core)
                        .filter(now -> !over.test(now.content()))
                        .map(now -> Cause.of(Anomaly.REOPENED, claim(core), claim(now))));
    }

    private static String claim(Register register) {
        return register.content().hash() + "@" + register.time();
    }

    private static String unordered(Register one, Register other) {
        return String.join(
                " ",
                Stream.of(one, other)
                        .map(register -> register.content().hash())
                        .sorted()
                        .toList());
    }
}

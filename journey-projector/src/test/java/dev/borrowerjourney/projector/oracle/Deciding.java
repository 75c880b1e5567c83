package dev.borrowerjourney.projector.oracle;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which key of the law decided, so that a property can tell whether it ever saw a tie: the last one that was needed, in
 * the order in which the text names them.
 */
public final class Deciding {

    /** No record, or only one. */
    public static final String NOTHING = "nothing";

    public static final String SEQUENCE = "sequence";
    public static final String TIME = "time";
    public static final String ASKED_TIME = "asked time";
    public static final String HASH = "hash";
    public static final String PROVENANCE = "provenance";

    private Deciding() {}

    /** Among the records that have a sequence. */
    public static String sequenced(Collection<Said> all, Function<Said, @Nullable String> group) {
        var records = Oracle.sequencedOnes(all, group).stream().distinct().toList();
        var first = Oracle.greatest(records, said -> Objects.requireNonNull(Oracle.sequenceOf(said)));
        var second = Oracle.greatest(first, said -> Oracle.orEarliest(Oracle.timeOf(said)));
        return last(group, records, new Step(SEQUENCE, first), new Step(TIME, second));
    }

    /** Among the records that have none. */
    public static String timed(Collection<Said> all, Function<Said, @Nullable String> group) {
        var records = Oracle.timedOnes(all, group).stream().distinct().toList();
        var first = Oracle.greatest(records, said -> Oracle.orEarliest(Oracle.timeOf(said)));
        var second = Oracle.greatest(first, said -> Oracle.orEarliest(Oracle.askedTimeOf(said)));
        return last(group, records, new Step(TIME, first), new Step(ASKED_TIME, second));
    }

    /** Between the two registers of the core. */
    public static String visible(Collection<Said> all) {
        var sequenced = Oracle.coreSequenced(all);
        var timed = Oracle.coreTimed(all);
        if (sequenced == null || timed == null || sequenced.content().equals(timed.content())) {
            return NOTHING;
        }
        long timedAt = Oracle.orEarliest(timed.time());
        long sequencedAt = Oracle.orEarliest(sequenced.time());
        if (timedAt == sequencedAt) {
            return "same time";
        }
        return timedAt > sequencedAt ? "timed is later" : "sequenced is later";
    }

    private record Step(String key, List<Said> left) {}

    private static String last(Function<Said, @Nullable String> group, List<Said> records, Step... steps) {
        if (records.size() < 2) {
            return NOTHING;
        }
        for (var step : steps) {
            if (step.left().size() == 1) {
                return step.key();
            }
        }
        var left = steps[steps.length - 1].left();
        return Oracle.greatestHash(left, group).size() < left.size() ? HASH : PROVENANCE;
    }
}

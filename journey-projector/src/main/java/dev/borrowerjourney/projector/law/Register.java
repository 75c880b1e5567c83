package dev.borrowerjourney.projector.law;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The winning observation of one field group by one of the law's two orders. */
public record Register(Timing timing, Content content, Provenance provenance) {

    private static final Comparator<@Nullable Instant> EARLIEST_FIRST = nullsFirst(naturalOrder());

    private static final Comparator<Register> SEQUENCED = Comparator.<Register>comparingLong(Register::order)
            .thenComparing(Register::time, EARLIEST_FIRST)
            .thenComparing(Register::hash);

    private static final Comparator<Register> TIMED = Comparator.<Register, @Nullable Instant>comparing(
                    Register::time, EARLIEST_FIRST)
            .thenComparing(Register::askedTime, EARLIEST_FIRST)
            .thenComparing(Register::hash);

    // The asked time is no key of the sequenced order. It comes last, so that even two records of one provenance
    // that differ in it alone give the same register in any order.
    private static final Comparator<Register> PROVENANCE =
            Comparator.comparing(Register::provenance).thenComparing(Register::askedTime, EARLIEST_FIRST);

    /** The greater of two registers of the same order; at equal keys the one with the smaller provenance. */
    Register join(Register other) {
        var order = sequenced() ? SEQUENCED : TIMED;
        var keys = order.compare(this, other);
        if (keys == 0) {
            return PROVENANCE.compare(this, other) <= 0 ? this : other;
        }
        return keys > 0 ? this : other;
    }

    boolean sequenced() {
        return timing.sequence() != null;
    }

    boolean strictlyLaterThan(Register other) {
        return EARLIEST_FIRST.compare(time(), other.time()) > 0;
    }

    public @Nullable Instant time() {
        return timing.time();
    }

    private @Nullable Instant askedTime() {
        return timing.askedTime();
    }

    private long order() {
        var sequence = timing.sequence();
        return sequence == null ? Long.MIN_VALUE : sequence;
    }

    private String hash() {
        return content.hash();
    }
}

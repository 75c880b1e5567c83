package dev.borrowerjourney.projector.law;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one field group of one journey. Joining is associative, commutative and idempotent.
 *
 * @param sequenced the winner among what has a sequence, or null while nothing had one
 * @param timed the winner among what has none, or null
 */
public record Group(@Nullable Register sequenced, @Nullable Register timed) {

    public static final Group UNKNOWN = new Group(null, null);

    public Group join(Group other) {
        return new Group(join(sequenced, other.sequenced), join(timed, other.timed));
    }

    Group observe(Register register) {
        return register.sequenced() ? join(new Group(register, null)) : join(new Group(null, register));
    }

    /** The register whose content counts: the timed one only if nothing is sequenced or its time is strictly later. */
    public Optional<Register> visible() {
        if (sequenced == null) {
            return Optional.ofNullable(timed);
        }
        return Optional.of(timed != null && timed.strictlyLaterThan(sequenced) ? timed : sequenced);
    }

    private static @Nullable Register join(@Nullable Register one, @Nullable Register other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.join(other);
    }
}

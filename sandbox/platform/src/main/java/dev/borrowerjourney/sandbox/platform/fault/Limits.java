package dev.borrowerjourney.sandbox.platform.fault;

import dev.borrowerjourney.sandbox.platform.Switch;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a limited fault may be: one that is taken does what it says, and none is taken that could do nothing. */
public final class Limits {

    /** Amounts that a share goes with, so that calls can be counted. */
    private static final Map<Switch, Switch> SHARES = Map.of(
            Switch.DELAY_MILLIS, Switch.DELAYED,
            Switch.SKEW_MILLIS, Switch.SKEWED,
            Switch.SLOW_MILLIS, Switch.SLOW_ANSWERS,
            Switch.RETRY_AFTER_SECONDS, Switch.TOO_MANY_REQUESTS);

    private static final Set<Switch> FOR_ALL = Set.of(Switch.SEED, Switch.SUBSCRIPTION_LOSS_MILLIS);

    private Limits() {}

    /**
     * Checks a limited fault.
     *
     * @throws IllegalArgumentException that says what cannot be
     */
    public static void check(
            Map<Switch, Object> values, @Nullable String borrower, @Nullable String path, @Nullable Integer calls) {
        require(!values.isEmpty(), "switches must name at least one switch.");
        require(
                (borrower != null || path != null || calls != null) && (calls == null || calls > 0),
                "A limit must be a borrower, a path, or calls of at least 1; without one, use the switches.");
        for (Switch one : values.keySet()) {
            require(!FOR_ALL.contains(one), one.label() + " holds for all; it cannot be limited.");
            require(path == null || hasPath(one), one.label() + " concerns no calls; leave path out.");
            require(
                    calls == null || one.kind() == Switch.Kind.SHARE || values.containsKey(SHARES.get(one)),
                    "calls counts what shares strike: " + one.label()
                            + (SHARES.containsKey(one)
                                    ? " needs " + SHARES.get(one).label() + " beside it."
                                    : " cannot be counted."));
        }
    }

    private static boolean hasPath(Switch one) {
        return one.group() == Switch.Group.ANSWERS || one == Switch.TOKEN_LIFE_MILLIS || one == Switch.LOST_REFRESHES;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.borrowerjourney.sandbox.platform.fault;

import dev.borrowerjourney.sandbox.platform.Switch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Switches that hold for some occasions only, before those that hold for all.
 *
 * @param borrower whom they concern; null for everybody
 * @param path the beginning of the paths they concern, {@code *} standing for one segment; null for all
 * @param calls how often they strike; null for always
 */
record LimitedFault(
        long id,
        Map<Switch, Object> switches,
        @Nullable String borrower,
        @Nullable String path,
        @Nullable Integer calls,
        Set<String> struck) {

    static LimitedFault of(
            long id,
            Map<Switch, Object> switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer calls) {
        return new LimitedFault(id, Map.copyOf(switches), borrower, path, calls, new HashSet<>());
    }

    boolean concerns(Switch one, Occasion occasion) {
        return switches.containsKey(one)
                && (borrower == null || borrower.equals(occasion.borrower()))
                && (path == null || (occasion.path() != null && begins(occasion.path(), path)));
    }

    /** Takes one of the calls, unless this very occasion has taken one before; false once there is none left. */
    boolean take(Switch one, Occasion occasion) {
        if (calls == null) {
            return true;
        }
        String key = one + " " + occasion.identity();
        synchronized (struck) {
            return struck.contains(key) || (struck.size() < calls && struck.add(key));
        }
    }

    /** Whether amounts and flags still hold: until the calls are used up, and for those that used them. */
    boolean holds(Occasion occasion) {
        if (calls == null) {
            return true;
        }
        synchronized (struck) {
            return struck.size() < calls || struck.stream().anyMatch(key -> key.endsWith(" " + occasion.identity()));
        }
    }

    @Nullable
    Integer left() {
        synchronized (struck) {
            return calls == null ? null : calls - struck.size();
        }
    }

    private static boolean begins(String path, String pattern) {
        String[] segments = path.split("/", -1);
        String[] wanted = pattern.split("/", -1);
        if (wanted.length > segments.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }
}

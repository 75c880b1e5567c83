package dev.borrowerjourney.sandbox.platform.fault;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what a fault strikes. A decision is a function of the seed, the switch and the occasion's identity, so that
 * the same seed strikes the same webhooks and calls again, whatever thread is first.
 */
@Component
public class Faults {

    /** More kinds of calls than a demo has; then whoever called least lately is counted from 0 again. */
    private static final int MOST_ORDINALS = 100_000;

    private final Map<String, Long> ordinals = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Switch, LongAdder> struck = new ConcurrentHashMap<>();
    private final List<LimitedFault> limited = new CopyOnWriteArrayList<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Switches switches;

    Faults(Switches switches) {
        this.switches = switches;
    }

    /** Whether a fault with a share strikes; counts it if it does. */
    public boolean strikes(Switch share, Occasion occasion) {
        boolean strikes = hits(share, occasion);
        if (strikes) {
            struck.computeIfAbsent(share, _ -> new LongAdder()).increment();
        }
        return strikes;
    }

    /** The same without counting, for who asks more than once. */
    public boolean hits(Switch share, Occasion occasion) {
        for (LimitedFault one : limited) {
            if (one.concerns(share, occasion)
                    && draw(share.label(), occasion) < (Double) one.switches().getOrDefault(share, 0.0)
                    && one.take(share, occasion)) {
                return true;
            }
        }
        double global = switches.current().share(share);
        return global > 0 && draw(share.label(), occasion) < global;
    }

    public boolean flag(Switch flag, Occasion occasion) {
        return (Boolean) value(flag, occasion);
    }

    public long amount(Switch amount, Occasion occasion) {
        return (Long) value(amount, occasion);
    }

    /** From 0 to 1, the same for the same seed, purpose and occasion. */
    public double draw(String purpose, Occasion occasion) {
        return Draw.of(switches.current().amount(Switch.SEED), purpose, occasion.identity());
    }

    /** Whether any of these can strike at all, so that nothing need be looked up for peaceful calls. */
    public boolean any(Switch... shares) {
        for (Switch share : shares) {
            if (!switches.current().value(share).equals(share.standard())
                    || limited.stream().anyMatch(one -> one.switches().containsKey(share))) {
                return true;
            }
        }
        return false;
    }

    /** How many occasions of this kind there were before, since the seed was set. */
    public long ordinal(String kind) {
        synchronized (ordinals) {
            long former = ordinals.getOrDefault(kind, 0L);
            ordinals.put(kind, former + 1);
            if (ordinals.size() > MOST_ORDINALS) {
                ordinals.remove(ordinals.keySet().iterator().next());
            }
            return former;
        }
    }

    /** Begins the run of a seed: everything is counted from 0 again. */
    public void beginAnew() {
        synchronized (ordinals) {
            ordinals.clear();
        }
        struck.clear();
    }

    /** How often each fault struck. */
    public Map<Switch, Long> struck() {
        Map<Switch, Long> counts = new EnumMap<>(Switch.class);
        struck.forEach((one, count) -> counts.put(one, count.sum()));
        return counts;
    }

    public List<View> limited() {
        return limited.stream().map(View::of).toList();
    }

    /**
     * Adds a limited fault.
     *
     * @throws IllegalArgumentException if it could do nothing, or not what it says
     */
    public View limit(
            Map<Switch, Object> values, @Nullable String borrower, @Nullable String path, @Nullable Integer calls) {
        Limits.check(values, borrower, path, calls);
        LimitedFault one = LimitedFault.of(lastId.incrementAndGet(), values, borrower, path, calls);
        limited.add(one);
        return View.of(one);
    }

    public boolean lift(long id) {
        return limited.removeIf(one -> one.id() == id);
    }

    public void liftAll() {
        limited.clear();
    }

    /**
     * A limited fault as others see it.
     *
     * @param left how often it still strikes; null for always
     */
    public record View(
            long id,
            Map<Switch, Object> switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer left) {

        static View of(LimitedFault one) {
            return new View(one.id(), one.switches(), one.borrower(), one.path(), one.left());
        }
    }

    private Object value(Switch one, Occasion occasion) {
        return limited.stream()
                .filter(it -> it.concerns(one, occasion) && it.holds(occasion))
                .findFirst()
                .map(it -> it.switches().getOrDefault(one, one.standard()))
                .orElseGet(() -> switches.current().value(one));
    }
}

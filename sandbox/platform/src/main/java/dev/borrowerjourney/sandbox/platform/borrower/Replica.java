package dev.borrowerjourney.sandbox.platform.borrower;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells reads what was true a while ago, as a replica does that lags behind. What was before the lag is not known. */
@Component
public class Replica implements BorrowerListener {

    private final Map<BorrowerRef, Deque<Known>> histories = new ConcurrentHashMap<>();
    private final Borrowers borrowers;
    private final Faults faults;
    private final PlatformClock clock;

    Replica(Borrowers borrowers, Faults faults, PlatformClock clock) {
        this.borrowers = borrowers;
        this.faults = faults;
        this.clock = clock;
    }

    private record Known(Instant since, Borrower borrower) {}

    public Borrower read(BorrowerRef ref) {
        Deque<Known> history = histories.get(ref);
        long lag = lag(ref);
        if (history == null || lag == 0) {
            histories.remove(ref);
            return borrowers.get(ref);
        }
        synchronized (history) {
            return seen(history, lag);
        }
    }

    /** What was before that will not be asked for again, and goes. */
    private Borrower seen(Deque<Known> history, long lag) {
        Instant then = clock.now().minusMillis(lag);
        while (history.size() > 1 && !second(history).since().isAfter(then)) {
            history.removeFirst();
        }
        return history.getFirst().borrower();
    }

    @Override
    public void changed(@Nullable Borrower before, Borrower after) {
        long lag = lag(after.ref());
        if (lag == 0) {
            histories.remove(after.ref());
            return;
        }
        Deque<Known> history = histories.computeIfAbsent(after.ref(), _ -> new ArrayDeque<>());
        synchronized (history) {
            if (history.isEmpty() && before != null) {
                history.add(new Known(Instant.MIN, before));
            }
            history.add(new Known(clock.now(), after));
            var _ = seen(history, lag);
        }
    }

    private long lag(BorrowerRef ref) {
        return faults.any(Switch.REPLICA_LAG_MILLIS)
                ? faults.amount(Switch.REPLICA_LAG_MILLIS, new Occasion(ref.externalId(), null, ref.externalId()))
                : 0;
    }

    private static Known second(Deque<Known> history) {
        var all = history.iterator();
        all.next();
        return all.next();
    }
}

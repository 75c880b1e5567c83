package dev.borrowerjourney.session.reconciliation;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.memory.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who has called this instance. A call costs a look-up in memory; who called is written now and then, many at once. */
final class Callers {

    private static final int MOST = 100_000;

    /** A third of the time for which a caller counts as watching. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private final Cache<Object, Boolean> noted =
            Memory.ofAtMost(MOST).expireAfterWrite(AGAIN).build();
    private final Set<Object> unnoted = ConcurrentHashMap.newKeySet();

    void called(BorrowerKey borrower) {
        note(borrower);
    }

    void called(UUID platformSessionId) {
        note(platformSessionId);
    }

    /** Writes whoever was not written lately. */
    void write(PostgresWatched watched) {
        var batch = new ArrayList<>(unnoted);
        if (batch.isEmpty()) {
            return;
        }
        watched.note(
                batch.stream()
                        .filter(BorrowerKey.class::isInstance)
                        .map(Object::toString)
                        .toList(),
                batch.stream()
                        .filter(UUID.class::isInstance)
                        .map(UUID.class::cast)
                        .toList());
        unnoted.removeAll(Set.copyOf(batch));
    }

    private void note(Object caller) {
        if (noted.getIfPresent(caller) == null && unnoted.size() < MOST) {
            noted.put(caller, true);
            unnoted.add(caller);
        }
    }
}

package dev.borrowerjourney.session.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Borrowers who came, and whose journeys the platform is to list. In memory: whoever is forgotten with a process has the
 * journeys that are known looked at all the same.
 */
final class Visits {

    private static final int MOST = 10_000;

    private final Map<UUID, BlockingQueue<UUID>> waiting = new ConcurrentHashMap<>();

    /** Returns whether there was room. */
    boolean add(UUID applicationId, UUID platformSessionId) {
        return of(applicationId).offer(platformSessionId);
    }

    int size(UUID applicationId) {
        return of(applicationId).size();
    }

    /** The platform sessions of the first ones, which are forgotten. */
    List<UUID> take(UUID applicationId, int most) {
        var taken = new ArrayList<UUID>();
        of(applicationId).drainTo(taken, most);
        return taken;
    }

    private BlockingQueue<UUID> of(UUID applicationId) {
        return waiting.computeIfAbsent(applicationId, _ -> new ArrayBlockingQueue<>(MOST));
    }
}

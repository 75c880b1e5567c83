package dev.borrowerjourney.session.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Borrowers who came, and whose journeys the platform is to list. In memory: who is forgotten, is asked about at a call. */
final class Visits {

    private static final int MOST = 10_000;

    private final BlockingQueue<UUID> waiting = new ArrayBlockingQueue<>(MOST);

    /** Returns whether there was room. */
    boolean add(UUID platformSessionId) {
        return waiting.offer(platformSessionId);
    }

    int size() {
        return waiting.size();
    }

    /** The first ones, and forgets them. */
    List<UUID> take(int most) {
        var taken = new ArrayList<UUID>();
        waiting.drainTo(taken, most);
        return taken;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}

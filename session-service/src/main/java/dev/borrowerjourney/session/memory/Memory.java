package dev.borrowerjourney.session.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;

/** Begins caches that event loops use on each call. */
public final class Memory {

    private Memory() {}

    /**
     * Begins one of at most so many entries. It tidies up on the thread that uses it, because waking another thread costs more;
     * what has expired goes when it does, so that it is never much at once.
     */
    public static Caffeine<Object, Object> ofAtMost(long entries) {
        return Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run)
                .scheduler(Scheduler.systemScheduler());
    }
}

package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Whose turn it is to begin, among the lanes of one thread. One that waits in vain holds up all others, so the next is tried
 * after a pause, and each before any is tried again: an instance that died within a transaction leaves several partitions of
 * which the broker tells nothing before it has ended that transaction.
 */
final class KafkaBeginnings {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Set<Beginner> tried = new HashSet<>();
    private long next;

    /** A lane, as far as its beginning goes. */
    interface Beginner {

        boolean begun();

        /** Whether it could not be begun, because something was waited for in vain. */
        boolean waitedInVain();

        void start(Consumer<?, ?> consumer);

        /** Stays paused. */
        void postpone(Consumer<?, ?> consumer);
    }

    KafkaBeginnings(LongSupplier nanos) {
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** Starts the lane if it is its turn. */
    void start(Beginner lane, Consumer<?, ?> consumer, Collection<? extends Beginner> all) {
        if (all.stream().allMatch(each -> each.begun() || tried.contains(each))) {
            tried.clear();
        }
        if (tried.contains(lane) || nanos.getAsLong() - next < 0) {
            lane.postpone(consumer);
            return;
        }
        lane.start(consumer);
        if (!lane.begun()) {
            tried.add(lane);
        }
        if (lane.waitedInVain()) {
            next = nanos.getAsLong() + PAUSE;
        }
    }
}

package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is to be sent next, and when: retries first, then what the pace makes due. */
final class Work {

    private static final long NEVER = Long.MAX_VALUE;

    private final DeliverySource source;
    private final Pace pace;
    private final int mostWaiting;
    private final Tally tally;
    private final long startNanos;
    private final SplittableRandom random;
    private final PriorityQueue<Attempt> retries = new PriorityQueue<>(Comparator.comparingLong(Attempt::dueNanos));
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private double nextDue;
    private boolean ended;

    Work(DeliverySource source, Pace pace, int mostWaiting, Tally tally, long startNanos) {
        this.source = source;
        this.pace = pace;
        this.mostWaiting = mostWaiting;
        this.tally = tally;
        this.startNanos = startNanos;
        this.random = new SplittableRandom(pace instanceof Pace.Open open ? open.seed() : 0);
        advance();
    }

    /** What is to be sent now, or null. */
    @Nullable
    Attempt next(long now) {
        var retry = retries.peek();
        if (retry != null && retry.dueNanos() - now <= 0) {
            return retries.poll();
        }
        if (ended || (mostWaiting > 0 && retries.size() >= mostWaiting)) {
            return null;
        }
        return switch (pace) {
            case Pace.Closed() -> begin(now);
            case Pace.Open _ -> due.isEmpty() ? null : begin(due.remove());
        };
    }

    /** Notes what has become due by now; the later this is called, the further behind is the generator. */
    void look(long now) {
        if (ended || !(pace instanceof Pace.Open)) {
            return;
        }
        for (long at = startNanos + (long) nextDue; at <= now; at = startNanos + (long) nextDue) {
            due.add(at);
            tally.due(now - at);
            advance();
        }
    }

    void again(Attempt attempt) {
        retries.add(attempt);
    }

    /** No new delivery is begun from now on. */
    void end() {
        ended = true;
        tally.unsent(due.size());
        due.clear();
    }

    boolean ended() {
        return ended;
    }

    int waiting() {
        return retries.size();
    }

    /** Nanoseconds until something may become due. */
    long until(long now) {
        var retry = retries.peek();
        long untilRetry = retry == null ? NEVER : retry.dueNanos() - now;
        long untilNew = ended || !(pace instanceof Pace.Open) ? NEVER : startNanos + (long) nextDue - now;
        return Math.max(0, Math.min(untilRetry, untilNew));
    }

    private @Nullable Attempt begin(long dueNanos) {
        var delivery = source.next();
        if (delivery == null) {
            end();
            return null;
        }
        tally.begun();
        return Attempt.first(delivery, dueNanos);
    }

    private void advance() {
        if (pace instanceof Pace.Open open) {
            nextDue += -Math.log(1 - random.nextDouble()) / open.perSecond() * 1e9;
        }
    }
}

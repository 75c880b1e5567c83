package dev.borrowerjourney.sandbox.load.run;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Account of a run. One thread writes; counts and windows may be read meanwhile, the set of numbers only afterwards. */
final class Tally {

    private static final int STATUSES = 600;
    private static final int DIGITS = 3;

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong scheduled = new AtomicLong();
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLongArray answers = new AtomicLongArray(STATUSES);
    private final SingleWriterRecorder latency = new SingleWriterRecorder(DIGITS);
    private final SingleWriterRecorder lateness = new SingleWriterRecorder(DIGITS);
    private final BitSet acknowledged = new BitSet();
    private final int good;
    private volatile String lastFailure = "";

    /** Answers with this status are what the run is for. */
    Tally(int good) {
        this.good = good;
    }

    void begun() {
        add(begun, 1);
    }

    void due(long lateNanos) {
        add(scheduled, 1);
        lateness.recordValue(Math.max(0, lateNanos / 1_000));
    }

    void unsent(long count) {
        add(unsent, count);
    }

    /** The last answer to a delivery. */
    void answered(Attempt attempt, int status, long now) {
        answers.lazySet(status % STATUSES, answers.getPlain(status % STATUSES) + 1);
        if (status == good) {
            latency.recordValue(Math.max(0, (now - attempt.firstDueNanos()) / 1_000));
            acknowledged.set(Math.toIntExact(attempt.delivery().number()));
        }
    }

    void unanswered(String failure) {
        add(unanswered, 1);
        lastFailure = failure;
    }

    void repeated(String reason) {
        add(repeated, 1);
        lastFailure = reason;
    }

    Counts counts() {
        var byStatus = new TreeMap<Integer, Long>();
        for (int status = 0; status < STATUSES; status++) {
            if (answers.get(status) > 0) {
                byStatus.put(status, answers.get(status));
            }
        }
        return new Counts(
                begun.get(),
                acknowledgements(),
                scheduled.get(),
                unsent.get(),
                unanswered.get(),
                repeated.get(),
                Map.copyOf(byStatus),
                lastFailure);
    }

    long acknowledgements() {
        return answers.get(good);
    }

    /** Microseconds since the last call. */
    Histogram latencyInterval() {
        return latency.getIntervalHistogram();
    }

    /** Microseconds since the last call. */
    Histogram latenessInterval() {
        return lateness.getIntervalHistogram();
    }

    BitSet acknowledged() {
        return acknowledged;
    }

    private static void add(AtomicLong counter, long more) {
        counter.lazySet(counter.getPlain() + more);
    }
}

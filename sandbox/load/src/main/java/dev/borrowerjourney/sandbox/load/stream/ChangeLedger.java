package dev.borrowerjourney.sandbox.load.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.borrowerjourney.sandbox.load.verification.Ids;
import dev.borrowerjourney.sandbox.load.verification.Verification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each change of one run: when it was due, acknowledged, and shown, and to whom. Three threads write, each
 * its own part; who reads waits for {@link #shown} or for the threads first.
 */
public final class ChangeLedger implements Devices {

    /**
     * One change.
     *
     * @param afterNanos when it is due, counted from the run's beginning
     */
    public record Change(int number, int borrower, long version, long afterNanos) {}

    private final List<String> journeyIds;
    private final Change[] changes;
    private final long[] due;
    private final long[] acknowledged;
    private final long[] shown;
    private final Map<String, Integer> numbers;
    private final Ids sentIds = new Ids();
    private final Ids shownIds = new Ids();
    private final long[] latest;
    private final AtomicInteger shownCount = new AtomicInteger();
    private final AtomicInteger acknowledgedCount = new AtomicInteger();
    private long foreign;
    private long backwards;

    /**
     * Draws a schedule: arrivals as of many borrowers who know nothing of each other.
     *
     * @param journeyIds one journey a borrower
     * @param versions of each journey before the run; moved on by it
     */
    public ChangeLedger(List<String> journeyIds, long[] versions, int count, double perSecond, long seed) {
        this.journeyIds = journeyIds;
        this.changes = new Change[count];
        this.due = new long[count];
        this.acknowledged = new long[count];
        this.shown = new long[count];
        this.latest = new long[journeyIds.size()];
        this.numbers = HashMap.newHashMap(count);
        var random = new SplittableRandom(seed);
        double after = 0;
        for (int number = 0; number < count; number++) {
            after += -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
            int borrower = random.nextInt(journeyIds.size());
            var change = new Change(number, borrower, ++versions[borrower], (long) after);
            changes[number] = change;
            numbers.put(id(change), number);
        }
    }

    public int count() {
        return changes.length;
    }

    public Change change(int number) {
        return changes[number];
    }

    /** The id under which devices are shown the change. */
    public String id(Change change) {
        return journeyIds.get(change.borrower()) + ":" + change.version();
    }

    public void due(Change change, long nanos) {
        due[change.number()] = nanos;
    }

    /** The broker has the change for good. One thread. */
    public void acknowledged(Change change, long nanos) {
        acknowledged[change.number()] = nanos;
        sentIds.add(id(change).getBytes(US_ASCII));
        acknowledgedCount.incrementAndGet();
    }

    public int acknowledged() {
        return acknowledgedCount.get();
    }

    /** How many changes of this run were shown, repetitions included. */
    public int shown() {
        return shownCount.get();
    }

    @Override
    public void shown(int device, String event, @Nullable String id, String data, long nanos) {
        if (!event.equals("journey") || id == null) {
            return;
        }
        if (!id.startsWith(journeyIds.get(device) + ":") || !data.contains(journeyIds.get(device))) {
            foreign++;
        }
        var number = numbers.get(id);
        if (number == null) {
            // The present state, or a change of an earlier run.
            return;
        }
        long version = changes[number].version();
        if (version <= latest[device]) {
            backwards++;
        }
        latest[device] = Math.max(latest[device], version);
        shown[number] = nanos;
        shownIds.add(id.getBytes(US_ASCII));
        shownCount.incrementAndGet();
    }

    /** Holds what was acknowledged against what was shown, id by id. */
    public Verification verification() {
        return Verification.of(sentIds, shownIds);
    }

    /** Events that were shown to somebody else's device. */
    public long foreign() {
        return foreign;
    }

    /** Versions that came after a greater one, or twice. */
    public long backwards() {
        return backwards;
    }

    /** Microseconds from the broker's acknowledgement to the device; what came before the acknowledgement counts as none. */
    public Histogram fromAcknowledgement() {
        return between(acknowledged, shown);
    }

    /** Microseconds from the moment the change was due to the device. */
    public Histogram fromDue() {
        return between(due, shown);
    }

    private Histogram between(long[] begun, long[] ended) {
        var micros = new Histogram(3);
        for (int number = 0; number < changes.length; number++) {
            if (begun[number] != 0 && ended[number] != 0) {
                micros.recordValue(Math.max(0, ended[number] - begun[number]) / 1_000);
            }
        }
        return micros;
    }
}

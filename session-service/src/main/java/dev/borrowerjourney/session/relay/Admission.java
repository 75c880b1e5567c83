package dev.borrowerjourney.session.relay;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.session.limit.Rate;
import dev.borrowerjourney.session.memory.Memory;
import dev.borrowerjourney.session.relay.RelayProperties.Limits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides which calls go to the platform now. All limits are those of one instance, and kept in its memory; who has not
 * called for as long as it takes to be allowed everything again is forgotten.
 */
class Admission {

    private static final int MOST_BORROWERS = 100_000;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Limits limits;
    private final Circuit circuit;
    private final long windowNanos;
    private final TimeMeter clock;
    private final MeterRegistry meters;
    private final Bucket calls;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Cache<UUID, BorrowerShare> shares;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

    Admission(RelayProperties properties, Circuit circuit, TimeMeter clock, MeterRegistry meters) {
        this.limits = properties.limits();
        this.circuit = circuit;
        this.windowNanos = properties.circuit().window().toNanos();
        this.clock = clock;
        this.meters = meters;
        this.calls = limits.rate().bucket(clock);
        this.shares = Memory.ofAtMost(MOST_BORROWERS)
                .expireAfterAccess(remembered(properties))
                .build();
        meters.gauge("session.relay.under-way", underWay);
        meters.gauge("session.relay.circuit", circuit, Circuit::openness);
    }

    private static Duration remembered(RelayProperties properties) {
        var refill = properties.limits().borrowerRate().refill();
        var window = properties.circuit().window();
        return refill.compareTo(window) > 0 ? refill : window;
    }

    /** Decides on one call. A borrower's own limits come first, so that nobody uses up what is there for all. */
    Decision decide(UUID platformSessionId) {
        var share = shares.get(platformSessionId, _ -> new BorrowerShare(limits.borrowerRate(), clock));
        if (!share.calls().tryConsume(1)) {
            return withheld(Reason.BORROWER_RATE, Rate.waitOf(share.calls()));
        }
        if (!enter(share.underWay(), limits.borrowerMostAtOnce())) {
            return withheld(Reason.BORROWER_FULL, SOON);
        }
        var decision = decideForAll(share);
        if (decision instanceof Withheld) {
            share.underWay().decrementAndGet();
        }
        return decision;
    }

    private Decision decideForAll(BorrowerShare share) {
        if (!calls.tryConsume(1)) {
            return withheld(Reason.RATE, Rate.waitOf(calls));
        }
        if (!enter(underWay, limits.mostAtOnce())) {
            return withheld(Reason.FULL, SOON);
        }
        if (!circuit.permits()) {
            underWay.decrementAndGet();
            return withheld(Reason.CIRCUIT, circuit.opensIn());
        }
        return new Ticket(this, share);
    }

    Circuit circuit() {
        return circuit;
    }

    long windowNanos() {
        return windowNanos;
    }

    void leave(BorrowerShare share) {
        underWay.decrementAndGet();
        share.underWay().decrementAndGet();
    }

    void count(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> meters.counter("session.relay.calls", "outcome", name))
                .increment();
    }

    private static boolean enter(AtomicInteger underWay, int most) {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    private Withheld withheld(Reason reason, Duration retryAfter) {
        meters.counter("session.relay.withheld", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
        return new Withheld(reason, retryAfter);
    }

    /** Whether a call goes to the platform. */
    sealed interface Decision permits Ticket, Withheld {}

    /** It does not, for now. */
    record Withheld(Reason reason, Duration retryAfter) implements Decision {}

    /** Why a call is held back. */
    enum Reason {
        /** The borrower has called too often. */
        BORROWER_RATE,
        /** Too many calls of the borrower are under way. */
        BORROWER_FULL,
        /** All borrowers together have called too often. */
        RATE,
        /** Too many calls are under way. */
        FULL,
        /** The platform fails. */
        CIRCUIT
    }
}

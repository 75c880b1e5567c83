package dev.borrowerjourney.session.limit;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.memory.Memory;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Who has not called for as long as it takes to be allowed everything again is forgotten. */
final class CallLimits {

    private static final int MOST_BORROWERS = 100_000;

    private final Rate ofBorrower;
    private final TimeMeter clock;
    private final Bucket all;
    private final Cache<BorrowerKey, Bucket> borrowers;
    private final Counter refusedBorrowers;
    private final Counter refused;

    CallLimits(LimitProperties properties, TimeMeter clock, MeterRegistry meters) {
        this.ofBorrower = properties.ofBorrower();
        this.clock = clock;
        this.all = properties.ofAll().bucket(clock);
        this.borrowers = Memory.ofAtMost(MOST_BORROWERS)
                .expireAfterAccess(ofBorrower.refill())
                .build();
        this.refusedBorrowers = meters.counter("session.limits.refused", "reason", "borrower_rate");
        this.refused = meters.counter("session.limits.refused", "reason", "rate");
    }

    /** Counts a call; why it is one too many, or nothing. A borrower's own limit comes first, so that nobody uses up what is there for all. */
    Optional<ProblemException> refusal(BorrowerKey borrower) {
        var own = borrowers.get(borrower, _ -> ofBorrower.bucket(clock));
        if (!own.tryConsume(1)) {
            refusedBorrowers.increment();
            return Optional.of(problem(own, "Too many calls of this borrower."));
        }
        if (!all.tryConsume(1)) {
            refused.increment();
            return Optional.of(problem(all, "Too many calls altogether."));
        }
        return Optional.empty();
    }

    private static ProblemException problem(Bucket bucket, String detail) {
        return new ProblemException(CommonProblem.TOO_MANY_REQUESTS, detail).retryAfter(Rate.waitOf(bucket));
    }
}

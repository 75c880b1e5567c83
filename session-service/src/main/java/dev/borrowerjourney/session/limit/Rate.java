package dev.borrowerjourney.session.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * So many calls a second on average.
 *
 * @param burst so many at once after a pause
 */
public record Rate(int callsPerSecond, int burst) {

    /** A full bucket. */
    public Bucket bucket(TimeMeter clock) {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(burst).refillGreedy(callsPerSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** After which a bucket is full again, whatever was taken. */
    public Duration refill() {
        return Duration.ofSeconds(burst / callsPerSecond + 1L);
    }

    /** Until the next call is allowed. */
    public static Duration waitOf(Bucket bucket) {
        return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }
}

package dev.borrowerjourney.ingest.delivery;

import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * Ends waits, all on one coarse wheel: nearly every wait is over long before its end, and a timer of its own for each
 * woke another thread for each delivery.
 */
final class Deadlines implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);

    private final HashedWheelTimer wheel =
            new HashedWheelTimer(new DefaultThreadFactory("deadlines", true), TICK.toMillis(), TimeUnit.MILLISECONDS);

    /** Signals once the time is over, at most two ticks late, unless it was cancelled before. */
    Mono<Long> after(Duration time) {
        return Mono.create(sink -> {
            var timeout = wheel.newTimeout(_ -> sink.success(0L), time.toNanos(), TimeUnit.NANOSECONDS);
            sink.onCancel(timeout::cancel);
        });
    }

    @Override
    public void close() {
        wheel.stop();
    }
}

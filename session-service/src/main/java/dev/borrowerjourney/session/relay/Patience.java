package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.relay.RelayProperties.Timeouts;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Ends the wait for an answer. It waits for the platform alone: neither the time that an app takes to send its request nor
 * the time that it takes to read the answer counts as the platform's silence.
 */
class Patience {

    private final Timer timer;
    private final long firstByte;
    private final long idle;
    private final long whole;

    Patience(Timer timer, Timeouts timeouts) {
        this.timer = timer;
        this.firstByte = timeouts.firstByte().toNanos();
        this.idle = timeouts.idle().toNanos();
        this.whole = timeouts.whole().toNanos();
    }

    /** Fails if the answer does not begin in time. */
    <T> Mono<T> untilItBegins(Mono<T> beginning, Progress request, long sentAt) {
        return beginning.takeUntilOther(late(Fault.LATE_FIRST_BYTE, sentAt, firstByte, request::silenceOfReceiver));
    }

    /** Fails if the answer stands still, or does not end in time. */
    <T> Flux<T> untilItEnds(Flux<T> body, long sentAt) {
        return Flux.defer(() -> {
            var progress = new Progress();
            return body.doOnRequest(progress::asked)
                    .doOnNext(_ -> progress.came())
                    .takeUntilOther(late(Fault.LATE_IDLE, sentAt, idle, progress::silenceOfSender));
        });
    }

    private Mono<Void> late(Fault silent, long sentAt, long patience, LongUnaryOperator silence) {
        return Mono.create(sink -> new Watch(sink, silent, sentAt, patience, silence).begin());
    }

    /** Looks when it might be late, and again when it then is not: so a call costs one timer, and no part of it does. */
    private final class Watch implements TimerTask {

        private final MonoSink<Void> sink;
        private final Fault silent;
        private final long sentAt;
        private final long patience;
        private final LongUnaryOperator silence;
        private @Nullable Timeout next;
        private boolean over;

        Watch(MonoSink<Void> sink, Fault silent, long sentAt, long patience, LongUnaryOperator silence) {
            this.sink = sink;
            this.silent = silent;
            this.sentAt = sentAt;
            this.patience = patience;
            this.silence = silence;
        }

        void begin() {
            look();
            sink.onDispose(this::end);
        }

        @Override
        public void run(Timeout timeout) {
            look();
        }

        private synchronized void look() {
            if (over) {
                return;
            }
            var now = System.nanoTime();
            var left = whole - (now - sentAt);
            var leftOfSilence = patience - silence.applyAsLong(now);
            if (left <= 0) {
                // No silence at all: it is the app that is waited for.
                sink.error(new Late(leftOfSilence == patience ? Fault.SLOW_APP : Fault.LATE_WHOLE));
            } else if (leftOfSilence <= 0) {
                sink.error(new Late(silent));
            } else {
                next = timer.newTimeout(this, Math.min(left, leftOfSilence), TimeUnit.NANOSECONDS);
            }
        }

        private synchronized void end() {
            over = true;
            if (next != null) {
                next.cancel();
            }
        }
    }

    /** What one side has asked for and the other has sent. */
    static final class Progress {

        private long lastAt = System.nanoTime();
        private long demand;

        synchronized void asked(long more) {
            if (demand == 0) {
                lastAt = System.nanoTime();
            }
            demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
        }

        synchronized void came() {
            lastAt = System.nanoTime();
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
        }

        synchronized void ended() {
            lastAt = System.nanoTime();
            demand = 0;
        }

        /** For how long what was asked for has not come. */
        synchronized long silenceOfSender(long now) {
            return demand == 0 ? 0 : now - lastAt;
        }

        /** For how long nothing has been asked for. */
        synchronized long silenceOfReceiver(long now) {
            return demand == 0 ? now - lastAt : 0;
        }
    }

    /** An answer that did not come in time. */
    static final class Late extends Exception {

        private final Fault fault;

        Late(Fault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }
}

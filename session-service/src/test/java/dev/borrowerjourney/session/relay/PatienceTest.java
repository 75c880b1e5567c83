package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.relay.Patience.Late;
import dev.borrowerjourney.session.relay.Patience.Progress;
import dev.borrowerjourney.session.relay.RelayProperties.Timeouts;
import io.netty.util.HashedWheelTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class PatienceTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HashedWheelTimer timer = new HashedWheelTimer();

    @AfterEach
    void stop() {
        timer.stop();
    }

    @Test
    void waitsForTheBeginningNoLongerThanAllowed() {
        var patience = new Patience(timer, new Timeouts(SHORT, LONG, LONG));

        assertThat(faultOf(patience.untilItBegins(Mono.never(), new Progress(), System.nanoTime())))
                .isEqualTo(Fault.LATE_FIRST_BYTE);
    }

    @Test
    void waitsForTheNextPartNoLongerThanAllowed() {
        var patience = new Patience(timer, new Timeouts(LONG, SHORT, LONG));
        var stopping = Flux.concat(Flux.just(1, 2), Flux.never());

        assertThat(faultOf(patience.untilItEnds(stopping, System.nanoTime()).then()))
                .isEqualTo(Fault.LATE_IDLE);
    }

    /** However often something comes. */
    @Test
    void waitsForTheEndNoLongerThanAllowed() {
        var patience = new Patience(timer, new Timeouts(LONG, LONG, SHORT));
        var endless = Flux.interval(Duration.ofMillis(20));

        assertThat(faultOf(patience.untilItEnds(endless, System.nanoTime()).then()))
                .isEqualTo(Fault.LATE_WHOLE);
    }

    @Test
    void leavesInTimeWhatComesInTime() {
        var patience = new Patience(timer, new Timeouts(LONG, LONG, LONG));

        assertThat(patience.untilItBegins(Mono.empty(), new Progress(), System.nanoTime())
                        .then(patience.untilItEnds(Flux.just(1, 2), System.nanoTime())
                                .collectList())
                        .block(LONG))
                .containsExactly(1, 2);
        assertThat(timer.pendingTimeouts()).isLessThanOrEqualTo(2);
    }

    /** It is not the platform that is silent then; but nobody may read for ever. */
    @Test
    void blamesNobodyForAnAppThatDoesNotRead() {
        var patience = new Patience(timer, new Timeouts(LONG, SHORT, Duration.ofSeconds(2)));
        var begun = System.nanoTime();
        var read = new BaseSubscriber<Integer>() {
            private final Sinks.One<Fault> end = Sinks.one();

            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnError(Throwable failure) {
                end.tryEmitValue(((Late) failure).fault()).orThrow();
            }
        };

        patience.untilItEnds(Flux.range(1, 9), begun).subscribe(read);

        assertThat(read.end.asMono().block(LONG)).isEqualTo(Fault.SLOW_APP);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void blamesNobodyForAnAppThatDoesNotSend() {
        var patience = new Patience(timer, new Timeouts(SHORT, LONG, Duration.ofSeconds(2)));
        var request = new Progress();
        request.asked(1);

        assertThat(faultOf(patience.untilItBegins(Mono.never(), request, System.nanoTime())))
                .isEqualTo(Fault.SLOW_APP);
    }

    /** Once the request has gone out, the platform is waited for. */
    @Test
    void countsFromTheLastPartOfTheRequest() {
        var patience = new Patience(timer, new Timeouts(SHORT, LONG, LONG));
        var request = new Progress();
        request.asked(Long.MAX_VALUE);
        var endedAt = new AtomicLong();
        var sending = Mono.delay(Duration.ofSeconds(1)).doOnNext(_ -> {
            endedAt.set(System.nanoTime());
            request.ended();
        });

        assertThat(faultOf(patience.untilItBegins(sending.then(Mono.never()), request, System.nanoTime())))
                .isEqualTo(Fault.LATE_FIRST_BYTE);
        assertThat(System.nanoTime() - endedAt.get()).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    private static Fault faultOf(Mono<Void> late) {
        return late.thenReturn(Fault.STATUS)
                .onErrorResume(Late.class, failure -> Mono.just(failure.fault()))
                .blockOptional(LONG)
                .orElseThrow();
    }
}

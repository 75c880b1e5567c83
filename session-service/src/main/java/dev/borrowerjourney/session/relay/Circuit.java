package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.relay.RelayProperties.CircuitSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds calls back while the platform fails, and lets a few through now and then to find out whether it still does. */
class Circuit {

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CircuitSettings settings;
    private final CircuitBreaker breaker;
    private volatile long openUntil;

    Circuit(CircuitSettings settings) {
        this.settings = settings;
        this.breaker = CircuitBreaker.of(
                "platform",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                (int) settings.window().toSeconds(),
                                settings.leastCalls(),
                                SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(settings.trialCalls())
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
    }

    /** Whether a call may be made; then one of the other methods has to follow. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    /** When to ask again after a call was not permitted. */
    Duration opensIn() {
        var left = Duration.ofNanos(openUntil - System.nanoTime());
        return left.isPositive() && breaker.getState() == CircuitBreaker.State.OPEN ? left : SOON;
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, new Failure());
    }

    /** The call says nothing about the platform. */
    void saidNothing() {
        breaker.releasePermission();
    }

    /** 1 while nothing is sent, 0.5 while calls are let through to find out, 0 otherwise. */
    double openness() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> System.nanoTime() - openUntil < 0 ? 1 : 0.5;
            case HALF_OPEN -> 0.5;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }

    private void changed(StateTransition transition) {
        switch (transition.getToState()) {
            case OPEN, FORCED_OPEN -> {
                openUntil = System.nanoTime() + settings.openFor().toNanos();
                if (transition.getFromState() == CircuitBreaker.State.CLOSED) {
                    log.warn("The platform fails: calls are held back, and tried every {}.", settings.openFor());
                }
            }
            case CLOSED -> log.info("The platform answers again: calls are sent on.");
            case HALF_OPEN, DISABLED, METRICS_ONLY -> {}
        }
    }

    /** Stands for every failure; the breaker wants an exception, and counts. */
    private static final class Failure extends RuntimeException {

        Failure() {
            super("The platform failed.", null, false, false);
        }
    }
}

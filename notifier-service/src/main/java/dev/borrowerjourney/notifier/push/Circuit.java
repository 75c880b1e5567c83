package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds pushes back while a push service fails, and lets a few through now and then to find out whether it still does. */
final class Circuit {

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Set<Reason> FAILURES = Set.of(Reason.PROVIDER_FAILED, Reason.NO_ANSWER);

    private final String provider;
    private final CircuitSettings settings;
    private final CircuitBreaker breaker;
    private volatile long openUntil;

    Circuit(String provider, CircuitSettings settings) {
        this.provider = provider;
        this.settings = settings;
        this.breaker = CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                (int) Math.max(1, settings.window().toSeconds()),
                                settings.leastCalls(),
                                SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(settings.trialCalls())
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
    }

    PushOutcome guard(Supplier<PushOutcome> call) {
        if (!breaker.tryAcquirePermission()) {
            return new PushOutcome.Later(heldFor().orElse(SOON), Reason.CIRCUIT_OPEN);
        }
        var began = System.nanoTime();
        var outcome = outcome(call);
        var took = System.nanoTime() - began;
        switch (outcome) {
            case PushOutcome.Later later
            when FAILURES.contains(later.reason()) -> breaker.onError(took, TimeUnit.NANOSECONDS, new Failure());
            // It answers, but a stranger: that says nothing of how it does.
            case PushOutcome.Later _ -> breaker.releasePermission();
            case PushOutcome.Accepted _, PushOutcome.Gone _, PushOutcome.Refused _ ->
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        }
        return outcome;
    }

    /** Whatever is thrown gives the permission back: a trial that never ended would keep the circuit from closing for ever. */
    private PushOutcome outcome(Supplier<PushOutcome> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            breaker.releasePermission();
            throw e;
        }
    }

    /** 1 while nothing is sent, 0.5 while pushes are let through to find out, 0 otherwise. */
    double openness() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> System.nanoTime() - openUntil < 0 ? 1 : 0.5;
            case HALF_OPEN -> 0.5;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }

    /** For how long yet nothing is sent; nothing once it is tried. */
    Optional<Duration> heldFor() {
        var left = Duration.ofNanos(openUntil - System.nanoTime());
        return breaker.getState() == CircuitBreaker.State.OPEN && left.isPositive()
                ? Optional.of(left)
                : Optional.empty();
    }

    private void changed(StateTransition transition) {
        switch (transition.getToState()) {
            case OPEN, FORCED_OPEN -> {
                openUntil = System.nanoTime() + settings.openFor().toNanos();
                if (transition.getFromState() == CircuitBreaker.State.CLOSED) {
                    log.warn("{} fails: pushes are held back, and tried every {}.", provider, settings.openFor());
                }
            }
            case CLOSED -> log.info("{} answers again: pushes are sent on.", provider);
            case HALF_OPEN, DISABLED, METRICS_ONLY -> {}
        }
    }

    /** Stands for every failure; the breaker wants an exception, and counts. */
    private static final class Failure extends RuntimeException {

        Failure() {
            super("The push service failed.", null, false, false);
        }
    }
}

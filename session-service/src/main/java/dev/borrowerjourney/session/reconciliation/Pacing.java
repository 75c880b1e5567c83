package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides when a journey is to be looked at again. Drawn each time, so that looks which fell together fall apart. */
final class Pacing {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;

    private final ReconciliationProperties settings;
    private final RandomGenerator random;

    Pacing(ReconciliationProperties settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** How long after the last look, or nothing if there is to be none. */
    Optional<Duration> pause(Pace pace, boolean acted, boolean watched) {
        return switch (pace) {
            case OVER, GONE -> Optional.empty();
            case ACTIVE, PASSIVE, QUIET -> Optional.of(watched ? watchedPause(pace, acted) : quiet());
        };
    }

    /** After a look that brought nothing: soon at first, then ever later. */
    Duration afterFailure(int failures) {
        var pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return pause.compareTo(settings.quiet()) < 0 ? between(pause.dividedBy(2), pause) : quiet();
    }

    private Duration watchedPause(Pace pace, boolean acted) {
        if (acted || pace == Pace.ACTIVE) {
            return between(settings.active().least(), settings.active().most());
        }
        return pace == Pace.PASSIVE
                ? between(settings.passive().least(), settings.passive().most())
                : quiet();
    }

    private Duration quiet() {
        return between(
                settings.quiet().multipliedBy(4).dividedBy(5),
                settings.quiet().multipliedBy(6).dividedBy(5));
    }

    private Duration between(Duration least, Duration most) {
        return least.plus(Duration.ofNanos(random.nextLong(most.minus(least).toNanos() + 1)));
    }
}

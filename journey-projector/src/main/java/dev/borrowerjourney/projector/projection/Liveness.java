package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Dead when a consuming thread was not seen for long: slower than any trouble that heals by itself. */
final class Liveness extends AbstractHealthIndicator {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Owned owned;

    Liveness(Owned owned) {
        this.owned = owned;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var unseen = owned.unseen();
        builder.status(unseen.compareTo(LONGEST) < 0 ? "UP" : "DOWN").withDetail("unseenSeconds", unseen.toSeconds());
    }
}

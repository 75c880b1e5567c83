package dev.borrowerjourney.session.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells how each application's subscription stands. Of no concern to liveness and readiness: borrowers are served
 * without webhooks, too, and another instance would not fare better.
 */
final class SubscriptionHealthIndicator implements HealthIndicator {

    private static final Status DRIFTED = new Status(State.DRIFTED.name());

    private final Subscriptions subscriptions;

    SubscriptionHealthIndicator(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Health health() {
        var details = new LinkedHashMap<String, Object>();
        var status = Status.UP;
        for (var watched : subscriptions.watched()) {
            var current = watched.standing().current();
            details.put(watched.standing().applicationId().toString(), detail(current));
            status = worse(status, current.state());
        }
        subscriptions
                .off()
                .forEach(application -> details.put(application.applicationId().toString(), Map.of("state", "OFF")));
        return Health.status(status).withDetails(details).build();
    }

    private static Status worse(Status before, State state) {
        return switch (state) {
            case IN_STEP, REPAIRED -> before;
            case UNKNOWN -> before.equals(DRIFTED) ? before : Status.UNKNOWN;
            case DRIFTED -> DRIFTED;
        };
    }

    private static Map<String, Object> detail(Standing.Current current) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("state", current.state().name());
        if (current.failure() != null) {
            detail.put("failure", current.failure().name());
        }
        detail.put("since", current.since().toString());
        if (current.confirmedAt() != null) {
            detail.put("confirmedAt", current.confirmedAt().toString());
        }
        return detail;
    }
}

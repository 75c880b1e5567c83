package dev.borrowerjourney.projector.projection;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Ready when every topic is there and every partition this instance owns is being applied; says what is not. */
final class KafkaReadiness extends AbstractHealthIndicator {

    private final KafkaTopics topics;
    private final Owned owned;

    KafkaReadiness(KafkaTopics topics, Owned owned) {
        super("The broker does not answer.");
        this.topics = topics;
        this.owned = owned;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var missing = topics.missing();
        var waiting = owned.waiting();
        builder.status(missing.isEmpty() && waiting.isEmpty() ? "UP" : "OUT_OF_SERVICE")
                .withDetail("missingTopics", missing)
                .withDetail("partitions", owned.count())
                .withDetail("waiting", waiting);
    }
}

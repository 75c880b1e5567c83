package dev.borrowerjourney.defaults.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Out of service as long as a requirement is not met, and says which. */
final class RequirementsHealthIndicator implements HealthIndicator {

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("requirement").start(task);

    private final List<Requirement> requirements;
    private final Duration limit;

    RequirementsHealthIndicator(List<Requirement> requirements, Duration limit) {
        this.requirements = List.copyOf(requirements);
        this.limit = limit;
    }

    @Override
    public Health health() {
        var missing = missing();
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("missing", missing).build();
    }

    private Map<String, String> missing() {
        // All at once, so that one that hangs costs its own time only.
        var answers = new LinkedHashMap<String, CompletableFuture<Optional<String>>>();
        requirements.forEach(requirement -> answers.put(
                requirement.name(),
                CompletableFuture.supplyAsync(() -> ask(requirement), THREADS)
                        .completeOnTimeout(
                                Optional.of("no answer within " + limit.toSeconds() + " s"),
                                limit.toMillis(),
                                TimeUnit.MILLISECONDS)));
        var missing = new LinkedHashMap<String, String>();
        answers.forEach((name, answer) -> answer.join().ifPresent(what -> missing.put(name, what)));
        return missing;
    }

    // Its type is enough for an operator, and a message may hold a password.
    private static Optional<String> ask(Requirement requirement) {
        try {
            return requirement.missing();
        } catch (Exception e) {
            return Optional.of(e.getClass().getSimpleName());
        }
    }
}

package dev.borrowerjourney.defaults.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class RequirementsHealthIndicatorTest {

    @Test
    void isUpWhenNothingIsMissing() {
        assertThat(health(requirement("topics", Optional::empty)).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void namesEverythingThatIsMissing() {
        var health = health(
                requirement("topics", () -> Optional.of("journey-snapshots")),
                requirement("registry", Optional::empty),
                requirement("database", () -> {
                    throw new IOException("password=sesame");
                }));

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("missing", Map.of("topics", "journey-snapshots", "database", "IOException"));
    }

    @Test
    void doesNotWaitForWhatHangs() {
        var never = new CountDownLatch(1);

        var health = new RequirementsHealthIndicator(
                        List.of(requirement("broker", () -> {
                            never.await();
                            return Optional.empty();
                        })),
                        Duration.ofMillis(50))
                .health();

        assertThat(health.getDetails()).containsEntry("missing", Map.of("broker", "no answer within 0 s"));
        never.countDown();
    }

    private static Health health(Requirement... requirements) {
        return new RequirementsHealthIndicator(List.of(requirements), Duration.ofMinutes(1)).health();
    }

    private static Requirement requirement(String name, Callable<Optional<String>> missing) {
        return new Requirement() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> missing() throws Exception {
                return missing.call();
            }
        };
    }
}

package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.JourneyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An instance freezes between its commit and its publication and wakes when another has long taken over. */
class ZombieIT extends OneOwner {

    @AfterEach
    void end() {
        owner.kill();
    }

    @ParameterizedTest
    @EnumSource(names = {"PRODUCE", "END_TXN"})
    void neverSaysAnythingThatIsReadAsCommitted(ApiKeys frozenAt) {
        var caught = GROUND.kafka().hold(frozenAt, owner.clientId());
        traffic.send(traffic.journey());
        caught.await();
        owner.freeze();
        var frozen = Instant.now();

        GROUND.another();
        traffic.sendEach();
        promises.areKept();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(frozen.plus(ProjectorProcess.MAX_POLL_INTERVAL)));
        traffic.sendEach();
        promises.areKept();

        caught.release();
        owner.thaw();
        await().atMost(PATIENCE).until(() -> GROUND.members().size() == 2);
        traffic.sendEach();
        promises.areKept();
        newestStateStandsAfterCompaction();
    }

    /** Other journeys go on until the first one's older states are gone. */
    private void newestStateStandsAfterCompaction() {
        try (var others = new Traffic(GROUND, 8)) {
            var those = new Promises(GROUND, others);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
                others.sendEach();
                those.areKept();
                return versionsOfFirst().size() == 1;
            });
        }
        assertThat(versionsOfFirst()).containsExactly((long) traffic.versionsOf(traffic.journey()));
        promises.areKept();
    }

    private List<Long> versionsOfFirst() {
        return promises.states().getOrDefault(traffic.journey().journeyId, List.of()).stream()
                .map(JourneyState::getVersion)
                .toList();
    }
}

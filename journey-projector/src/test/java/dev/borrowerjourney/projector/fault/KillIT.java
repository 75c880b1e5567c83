package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/** An instance is killed at each point of its work in turn, and another takes over. */
class KillIT extends OneOwner {

    @Test
    void losesNothingKilledBeforeItCommits() throws SQLException {
        var partition = traffic.send(traffic.journey()).partition();
        promises.areKept();

        try (var lock = GROUND.lock(partition)) {
            traffic.send(traffic.journey());
            await().atMost(PATIENCE).until(() -> lock.waiters() > 0);
            owner.kill();
        }

        assertThat(promises.versionOf(traffic.journey())).isEqualTo(2);
        anotherTakesOver();
    }

    @Test
    void publishesWhatWasCommittedAndNotSent() {
        var caught = GROUND.kafka().hold(ApiKeys.PRODUCE, owner.clientId());

        killAt(caught);

        assertThat(promises.versionOf(traffic.journey())).isEqualTo(2);
        assertThat(promises.publishedVersionsOf(traffic.journey())).containsExactly(1L);
        anotherTakesOver();
    }

    @Test
    void publishesOnceWhatWasSentWithoutItsOffset() {
        killAt(GROUND.kafka().hold(ApiKeys.TXN_OFFSET_COMMIT, owner.clientId()));

        anotherTakesOver();
    }

    @Test
    void publishesOnceWhatWasSentAndNotCommitted() {
        killAt(GROUND.kafka().hold(ApiKeys.END_TXN, owner.clientId()));

        anotherTakesOver();
    }

    @Test
    void publishesOnceWhatWasCommittedUnheard() {
        killAt(GROUND.kafka().swallowAnswer(ApiKeys.END_TXN, owner.clientId()));

        assertThat(promises.versionOf(traffic.journey())).isEqualTo(2);
        anotherTakesOver();
    }

    private void killAt(Catch caught) {
        traffic.send(traffic.journey());
        caught.await();
        owner.kill();
        caught.drop();
    }

    private void anotherTakesOver() {
        GROUND.instance();
        traffic.sendEach();
        promises.areKept();
    }
}

package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/** Kafka does not take what is published, while the database works. */
class HeldPublicationIT extends OneOwner {

    /** Longer than a publication is waited for and begun anew. */
    private static final Duration LONG = Duration.ofSeconds(12);

    @Test
    void appliesNothingMoreWhileOneBatchIsNotPublished() {
        var held = GROUND.kafka().hold(ApiKeys.PRODUCE, owner.clientId());
        int partition = traffic.send(traffic.journey()).partition();
        held.await();
        for (int i = 0; i < 5; i++) {
            traffic.send(traffic.journey());
        }

        assertThat(unpublished(partition)).isEqualTo(1);
        await().during(LONG).atMost(PATIENCE).until(() -> unpublished(partition) == 1);
        assertThat(promises.versionOf(traffic.journey())).isEqualTo(2);

        held.release();
        promises.areKept();
    }

    private static long unpublished(int partition) {
        var count = GROUND.owner().queryForObject("""
                SELECT last_position - published_position
                FROM projection_offset
                WHERE partition = ?
                ORDER BY created_at DESC
                LIMIT 1
                """, Long.class, partition);
        return count == null ? 0 : count;
    }
}

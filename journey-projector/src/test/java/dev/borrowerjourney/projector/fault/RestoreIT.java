package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes back to what it was a while ago, under the hands of a running instance. */
class RestoreIT {

    private static final Ground GROUND = Ground.shared();

    final Traffic traffic = new Traffic(GROUND, 4);
    final Promises promises = new Promises(GROUND, traffic);

    @BeforeEach
    void settle() {
        GROUND.instance();
        traffic.sendEach();
        promises.areKept();
    }

    @AfterEach
    void close() {
        traffic.close();
    }

    @Test
    void givesLostRecordsTheSameVersionsUnderLoad() throws ExecutionException, InterruptedException {
        List<Map<String, Object>> before;
        try (var pace = Executors.newSingleThreadScheduledExecutor()) {
            var load = pace.scheduleAtFixedRate(traffic::sendEach, 0, 20, TimeUnit.MILLISECONDS);
            awaitAnother(30);
            var backup = Backup.take(GROUND);
            awaitAnother(60);
            before = timeline();
            backup.restore();
            awaitAnother(60);
            load.cancel(false);
        }

        promises.areKept();
        assertThat(timeline()).containsAll(before);
    }

    /** What is lost between two readings of a publication is published already when it is applied again. */
    @Test
    void publishesNoStateThatIsOlderThanItsChange() {
        var backup = Backup.take(GROUND);
        var statesAreRead = GROUND.postgres().hold("AND version > 0");
        traffic.send(traffic.journey());
        statesAreRead.await();
        backup.restore();
        statesAreRead.release();

        promises.areKept();
    }

    private void awaitAnother(int versions) {
        long before = promises.versionOf(traffic.journey());
        await().atMost(PATIENCE).until(() -> promises.versionOf(traffic.journey()) >= before + versions);
    }

    private List<Map<String, Object>> timeline() {
        return GROUND.owner().queryForList("""
                        SELECT journey_key, version, event_id, partition, position, source_offset, changed_at,
                               before::text AS before, after::text AS after
                        FROM journey_change
                        WHERE journey_key = ?
                        """, traffic.journey().journeyKey());
    }
}

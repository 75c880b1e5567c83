package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.projector.Operator;
import dev.borrowerjourney.projector.SnapshotFixtures;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuild is killed in the middle, or the database goes back behind it. */
class RebuildFaultIT {

    private static final Ground GROUND = Ground.shared();

    final Traffic traffic = new Traffic(GROUND, 6);

    /** Those that are damaged and mended. */
    final Traffic mended = new Traffic(GROUND, 6);

    final Promises promises = new Promises(GROUND, traffic);
    final Promises promisesOfMended = new Promises(GROUND, mended);
    final Operator operator = GROUND.operator();

    @BeforeEach
    void settle() {
        GROUND.instance();
        traffic.sendEach();
        mended.sendEach();
        promises.areKept();
        promisesOfMended.areKept();
    }

    @AfterEach
    void close() {
        operator.close();
        traffic.close();
        mended.close();
    }

    @Test
    void goesOnWithShadowThatWasKilledInTheMiddle() {
        IntStream.range(0, 40).forEach(_ -> {
            traffic.sendEach();
            mended.sendEach();
        });
        promises.areKept();
        promisesOfMended.areKept();
        var killed = GROUND.command("rebuild", "--shadow", "--restart", "--rate", "20");
        await().atMost(PATIENCE).until(() -> sum("SELECT sum(records) FROM shadow_partition") > 0);
        killed.kill();
        long before = sum("SELECT sum(records) FROM shadow_partition");
        long all = sum("SELECT sum(applied_offset + 1) FROM projection_offset");
        assertThat(before).isBetween(1L, all - 1);

        assertThat(operator.run("rebuild", "--shadow", "--rate", "0").code()).isZero();

        // Each record once: the offset is written with what the records said.
        assertThat(sum("SELECT sum(records) FROM shadow_partition")).isEqualTo(all);
        traffic.journeys().forEach(journey -> assertThat(sum("""
                        SELECT count(*) FROM shadow_journey s JOIN journey j USING (journey_key)
                        WHERE journey_key = '%s' AND s.core_sequenced = j.core_sequenced AND s.next_action = j.next_action
                        """.formatted(journey.journeyKey())))
                .isOne());
    }

    @Test
    void goesOnApplyingWhereItWasKilled() {
        damage();
        shadow();
        var first = GROUND.postgres().hold("INSERT INTO rebuild_kept");
        var killed = GROUND.command("rebuild", "--apply", "--by", "sre-7", "--why", "incident 42");
        first.await();
        var second = GROUND.postgres().hold("INSERT INTO rebuild_kept");
        first.release();
        second.await();
        killed.kill();
        second.drop();

        // Which partition came first is open, and only if both have damaged journeys there is a second.
        assertThat(versionsAbove(1)).isBetween(1L, mended.journeys().size() - 1L);
        apply();

        mended.journeys().forEach(journey -> {
            assertThat(promises.versionOf(journey)).isEqualTo(2);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(promises.publishedVersionsOf(journey))
                    .containsExactly(1L, 2L));
        });
        traffic.sendEach();
        promises.areKept();
    }

    /** Positions that a rebuild gave are not given again, and what is new must not look published for that. */
    @Test
    void publishesWhatIsNewThoughRebuiltChangesWereLost() {
        var backup = Backup.take(GROUND);
        damage();
        shadow();
        apply();
        traffic.sendEach();
        promises.areKept();
        mended.journeys().forEach(journey -> await().atMost(PATIENCE)
                .until(() -> promises.publishedVersionsOf(journey).size() == 2));
        backup.restore();
        traffic.sendEach();
        promises.areKept();
        traffic.sendEach();
        promises.areKept();

        // What was published of the rebuild comes again, above itself.
        shadow();
        apply();
        mended.journeys().forEach(journey -> {
            assertThat(promises.versionOf(journey)).isEqualTo(3);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(promises.publishedVersionsOf(journey))
                    .containsExactly(1L, 2L, 3L));
        });
    }

    private void damage() {
        for (var journey : mended.journeys()) {
            GROUND.owner().update("UPDATE journey SET status = 'CLOSED' WHERE journey_key = ?", journey.journeyKey());
        }
    }

    private void shadow() {
        assertThat(operator.run("rebuild", "--shadow", "--restart", "--rate", "0")
                        .code())
                .isZero();
    }

    private void apply() {
        assertThat(operator.run("rebuild", "--apply", "--by", "sre-7", "--why", "incident 42")
                        .code())
                .isZero();
    }

    private long versionsAbove(long version) {
        return mended.journeys().stream()
                .map(SnapshotFixtures::journeyKey)
                .filter(key -> sum("SELECT version FROM journey WHERE journey_key = '" + key + "'") > version)
                .count();
    }

    /** 0 before the tables are there, or while nothing is in them. */
    private static long sum(String query) {
        var sum = GROUND.owner().queryForObject(query, Long.class);
        return sum == null ? 0 : sum;
    }
}

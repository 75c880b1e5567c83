package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static dev.borrowerjourney.schemas.topic.TopicCatalogue.JOURNEY_SNAPSHOTS;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker dies and its disk has lost the end of the log, which was applied and published. */
@Tag("slow")
class CutLogIT extends OneOwner {

    @Test
    void readsCutLogFromItsBeginning() {
        cut(applyThree());
        GROUND.broker().start();

        cutIsNoticed();
    }

    /** By its end alone such a log cannot be told from a whole one. */
    @Test
    void readsCutLogFromItsBeginningThoughItHasGrownAgain() {
        cut(applyThree());
        var caught = GROUND.kafka().hold(ApiKeys.METADATA, owner.clientId());
        GROUND.broker().start();
        logGrows();
        caught.await();
        caught.release();

        cutIsNoticed();
    }

    @Test
    void readsLogFromItsBeginningThatWasCutWhileNobodyReadIt() {
        var kept = applyThree();
        GROUND.stopInstances();
        cut(kept);
        GROUND.broker().start();
        logGrows();
        GROUND.instance();

        cutIsNoticed();
    }

    private RecordMetadata applyThree() {
        var first = traffic.send(traffic.journey());
        traffic.send(traffic.journey());
        traffic.send(traffic.journey());
        promises.areKept();
        return first;
    }

    private static void cut(RecordMetadata kept) {
        GROUND.broker().kill();
        GROUND.broker().cut(JOURNEY_SNAPSHOTS, kept.partition(), kept.offset() + 1);
    }

    private void logGrows() {
        IntStream.range(0, 5).forEach(_ -> traffic.sendEach());
    }

    private void cutIsNoticed() {
        await().atMost(PATIENCE).until(() -> causesOfFirst().contains("LOG_TRUNCATION"));
        traffic.sendEach();
        promises.areKept();
    }

    private List<String> causesOfFirst() {
        return GROUND.owner()
                .queryForList(
                        "SELECT cause FROM reconciliation_due WHERE journey_key = ?",
                        String.class,
                        traffic.journey().journeyKey());
    }
}

package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.publication.KafkaPublication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll has brought, for all of its partitions at once: one transaction of the database and one of Kafka. Where one
 * partition may have trouble of its own, each is applied for itself, so that it keeps no other one back.
 */
final class KafkaRound {

    private final KafkaLane.Tools tools;
    private final Consumer<?, ?> consumer;

    KafkaRound(KafkaLane.Tools tools, Consumer<?, ?> consumer) {
        this.tools = tools;
        this.consumer = consumer;
    }

    private record Turn(KafkaLane lane, Projection.Batch batch, ConsumerRecord<byte[], byte[]> last) {}

    private record Done(Turn turn, Optional<KafkaPublication.Fresh> fresh) {}

    void take(Map<KafkaLane, List<ConsumerRecord<byte[], byte[]>>> polled) {
        var turns = new ArrayList<Turn>();
        polled.forEach((lane, records) ->
                lane.read(records, consumer).ifPresent(batch -> turns.add(new Turn(lane, batch, records.getLast()))));
        var done = apply(turns);
        publish(done.stream().filter(each -> each.fresh().isPresent()).toList());
        done.forEach(each -> each.turn().lane().finish(consumer));
    }

    private List<Done> apply(List<Turn> turns) {
        if (turns.isEmpty()) {
            return List.of();
        }
        try {
            return applyTogether(turns);
        } catch (RuntimeException e) {
            if (turns.size() > 1 && Projection.maybeOfOne(e)) {
                return turns.stream()
                        .flatMap(turn -> apply(List.of(turn)).stream())
                        .toList();
            }
            turns.forEach(turn -> turn.lane().trouble(consumer, e));
            return List.of();
        }
    }

    private List<Done> applyTogether(List<Turn> turns) {
        var before = Instant.now();
        var applied = tools.projection().apply(turns.stream().map(Turn::batch).toList());
        tools.metrics().applied(applied, Duration.between(before, Instant.now()));
        var done = new ArrayList<Done>();
        for (int i = 0; i < turns.size(); i++) {
            var turn = turns.get(i);
            done.add(new Done(turn, turn.lane().applied(applied.advances().get(i), turn.last())));
        }
        return done;
    }

    private void publish(List<Done> done) {
        if (done.isEmpty()) {
            return;
        }
        try {
            var before = Instant.now();
            tools.publication()
                    .publish(
                            done.stream().flatMap(each -> each.fresh().stream()).toList(), consumer.groupMetadata());
            tools.metrics().published(Duration.between(before, Instant.now()));
            done.forEach(each -> each.fresh().ifPresent(each.turn().lane()::published));
        } catch (RuntimeException e) {
            done.forEach(each -> each.turn().lane().trouble(consumer, e));
        }
    }
}

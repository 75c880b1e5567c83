package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class KafkaBeginningsTest {

    private enum Outcome {
        BEGUN,
        IN_VAIN,
        OTHER_TROUBLE
    }

    private final class Lane implements KafkaBeginnings.Beginner {

        private final String name;
        private Outcome outcome;
        private boolean begun;

        private Lane(String name, Outcome outcome) {
            this.name = name;
            this.outcome = outcome;
        }

        @Override
        public boolean begun() {
            return begun;
        }

        @Override
        public boolean waitedInVain() {
            return !begun && outcome == Outcome.IN_VAIN;
        }

        @Override
        public void start(Consumer<?, ?> consumer) {
            started.add(name);
            begun = outcome == Outcome.BEGUN;
        }

        @Override
        public void postpone(Consumer<?, ?> consumer) {
            postponed.add(name);
        }
    }

    final List<String> started = new ArrayList<>();
    final List<String> postponed = new ArrayList<>();
    final Consumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    long now = Long.MAX_VALUE - 5;
    final KafkaBeginnings beginnings = new KafkaBeginnings(() -> now);

    @Test
    void startsAllThatHaveNoTrouble() {
        var lanes = List.of(new Lane("a", Outcome.BEGUN), new Lane("b", Outcome.BEGUN), new Lane("c", Outcome.BEGUN));

        offer(lanes);

        assertThat(started).containsExactly("a", "b", "c");
    }

    @Test
    void triesNextAfterPauseWhenOneWaitedInVain() {
        var lanes = List.of(new Lane("a", Outcome.IN_VAIN), new Lane("b", Outcome.BEGUN));

        offer(lanes);
        assertThat(started).containsExactly("a");
        assertThat(postponed).containsExactly("b");
        pass(Duration.ofMillis(900));
        offer(lanes);
        assertThat(started).containsExactly("a");
        pass(Duration.ofMillis(200));
        offer(lanes);

        assertThat(started).containsExactly("a", "b");
    }

    /** Else one that is never answered would keep all others of its thread from beginning. */
    @Test
    void triesEachBeforeAnyIsTriedAgain() {
        var lanes =
                List.of(new Lane("a", Outcome.IN_VAIN), new Lane("b", Outcome.IN_VAIN), new Lane("c", Outcome.IN_VAIN));

        for (int i = 0; i < 6; i++) {
            offer(lanes);
            pass(Duration.ofSeconds(2));
        }

        assertThat(started).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void triesOneAloneAgainAndAgain() {
        var lanes = List.of(new Lane("a", Outcome.IN_VAIN), begun("b"));

        for (int i = 0; i < 3; i++) {
            offer(lanes.subList(0, 1), lanes);
            pass(Duration.ofSeconds(2));
        }

        assertThat(started).containsExactly("a", "a", "a");
    }

    @Test
    void losesNoTimeOverOtherTrouble() {
        var lanes = List.of(new Lane("a", Outcome.OTHER_TROUBLE), new Lane("b", Outcome.OTHER_TROUBLE));

        offer(lanes);
        offer(lanes);
        lanes.forEach(lane -> lane.outcome = Outcome.BEGUN);
        offer(lanes);

        assertThat(started).containsExactly("a", "b", "a", "b", "a", "b");
    }

    private Lane begun(String name) {
        var lane = new Lane(name, Outcome.BEGUN);
        lane.begun = true;
        return lane;
    }

    private void offer(List<Lane> lanes) {
        offer(lanes, lanes);
    }

    private void offer(List<Lane> lanes, List<Lane> all) {
        lanes.stream().filter(lane -> !lane.begun()).forEach(lane -> beginnings.start(lane, consumer, all));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}

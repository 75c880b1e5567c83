package dev.borrowerjourney.sandbox.load.run;

import static dev.borrowerjourney.sandbox.load.delivery.Fixtures.SECRET;
import static dev.borrowerjourney.sandbox.load.delivery.Fixtures.requests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.LiveDeliveries;
import dev.borrowerjourney.sandbox.load.delivery.PreparedDeliveries;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhookLoadTest {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    final SnapshotRequests requests = requests(3);

    @Test
    void sendsEveryDeliveryOnceAndRemembersEveryAcknowledgedId() throws Exception {
        try (var receiver = TestReceiver.answering(place -> place % 10 == 0 ? 401 : 202);
                var load = start(receiver, prepared(2_000), new Pace.Closed(), LoadSettings.once(16))) {
            assertThat(load.awaitEnd(PATIENCE)).isTrue();

            assertThat(load.counts().answers()).isEqualTo(Map.of(202, 1_800L, 401, 200L));
            assertThat(receiver.received().stream().map(TestReceiver.Received::eventId))
                    .hasSize(2_000)
                    .doesNotHaveDuplicates();
            assertThat(load.acknowledged().distinct()).isEqualTo(1_800);
            assertThat(load.window().latencyMicros().getTotalCount()).isEqualTo(1_800);
        }
    }

    @Test
    void sendsTheVerySameBytesAgainWhenAskedToComeLater() throws Exception {
        try (var receiver = TestReceiver.answering(place -> place < 5 ? 503 : 202);
                var load = start(receiver, prepared(20), new Pace.Closed(), LoadSettings.retrying(4))) {
            assertThat(load.awaitEnd(PATIENCE)).isTrue();

            assertThat(load.counts().answers()).isEqualTo(Map.of(202, 20L));
            assertThat(load.counts().repeated()).isEqualTo(5);
            assertThat(receiver.received()).hasSize(25);
            assertThat(receiver.received().stream().collect(Collectors.toSet())).hasSize(20);
            assertThat(load.acknowledged().distinct()).isEqualTo(20);
        }
    }

    @Test
    void takesAnotherAnswerForFinalWithoutRetries() throws Exception {
        try (var receiver = TestReceiver.answering(_ -> 503);
                var load = start(receiver, prepared(10), new Pace.Closed(), LoadSettings.once(2))) {
            assertThat(load.awaitEnd(PATIENCE)).isTrue();

            assertThat(load.counts().answers()).isEqualTo(Map.of(503, 10L));
            assertThat(load.counts().refused()).isEqualTo(10);
            assertThat(load.acknowledged().distinct()).isZero();
        }
    }

    /** What was sent to a receiver that died may have been taken or not: only the same bytes again can tell. */
    @Test
    void outlivesTheReceiver() throws Exception {
        InetSocketAddress address;
        WebhookLoad load;
        var silent = new CountDownLatch(1);
        try (var first = TestReceiver.answering(place -> place < 50 ? 202 : afterwards(silent))) {
            address = first.address();
            load = start(first, prepared(200), new Pace.Closed(), LoadSettings.retrying(8));
            await().atMost(PATIENCE).until(() -> first.received().size() >= 58);
        }
        silent.countDown();
        try (load;
                var second = TestReceiver.answering(address, _ -> 202)) {
            assertThat(load.awaitEnd(PATIENCE)).isTrue();

            assertThat(load.counts().acknowledged()).isEqualTo(200);
            assertThat(load.counts().unanswered()).isZero();
            assertThat(second.received()).hasSizeGreaterThanOrEqualTo(142);
        }
    }

    @Test
    void countsWhatWasNeverAnswered() throws Exception {
        var silent = new CountDownLatch(1);
        var settings = new LoadSettings(4, Duration.ofMillis(300), false, 0);
        try (var receiver = TestReceiver.answering(_ -> afterwards(silent));
                var load = start(receiver, prepared(4), new Pace.Closed(), settings)) {
            assertThat(load.awaitEnd(PATIENCE)).isTrue();

            assertThat(load.counts().unanswered()).isEqualTo(4);
            assertThat(load.counts().lastFailure()).isEqualTo("no answer within PT0.3S");
            silent.countDown();
        }
    }

    /** The whole point of an open loop: one stall of 1 s is the latency of everything that fell due in it. */
    @Test
    void showsAStallInTheLatencyOfAllThatWasDueMeanwhile() throws Exception {
        var stalled = new AtomicBoolean();
        var gate = new CountDownLatch(1);
        try (var receiver = TestReceiver.answering(_ -> stalled.get() ? afterwards(gate) : 202);
                var load = start(receiver, live(), new Pace.Open(200, 1), LoadSettings.once(2))) {
            assertThat(load.awaitEnd(Duration.ofSeconds(2))).isFalse();
            load.window();
            stalled.set(true);
            assertThat(load.awaitEnd(Duration.ofSeconds(1))).isFalse();
            stalled.set(false);
            gate.countDown();
            load.awaitEnd(Duration.ofSeconds(1));

            var counts = load.stop(PATIENCE);
            var latency = load.window().latencyMicros();

            assertThat(counts.acknowledged()).isEqualTo(counts.begun());
            assertThat(latency.getValueAtPercentile(99.9)).isGreaterThan(900_000);
            assertThat(latency.getCountBetweenValues(200_000, Long.MAX_VALUE / 2))
                    .isGreaterThan(80);
        }
    }

    @Test
    void keepsItsRateInTheOpenLoop() throws Exception {
        long from = System.nanoTime();
        try (var receiver = TestReceiver.answering(_ -> 202);
                var load = start(receiver, live(), new Pace.Open(500, 1), LoadSettings.once(16))) {
            assertThat(load.awaitEnd(Duration.ofSeconds(3))).isFalse();

            // On a busy machine the wait is longer than asked for, and so is the load.
            double seconds = (System.nanoTime() - from) / 1e9;
            var counts = load.stop(PATIENCE);

            assertThat(counts.scheduled() / seconds).isBetween(430.0, 570.0);
            assertThat(counts.acknowledged() + counts.unsent()).isEqualTo(counts.scheduled());
        }
    }

    @Test
    void stopsWhenToldAndAccountsForEverything() throws Exception {
        try (var receiver = TestReceiver.answering(_ -> 202);
                var load = start(receiver, live(), new Pace.Closed(), LoadSettings.retrying(8))) {
            await().atMost(PATIENCE).until(() -> load.counts().acknowledged() > 100);
            assertThatThrownBy(load::acknowledged).hasMessageContaining("expected: after its end");

            var counts = load.stop(PATIENCE);

            assertThat(counts.acknowledged()).isEqualTo(counts.begun());
            assertThat(load.acknowledged().distinct())
                    .isEqualTo(receiver.received().size());
            for (var received : receiver.received()) {
                assertThat(load.acknowledged().count(received.eventId().getBytes(UTF_8)))
                        .isEqualTo(1);
            }
        }
    }

    private WebhookLoad start(TestReceiver receiver, DeliverySource source, Pace pace, LoadSettings settings)
            throws IOException {
        return WebhookLoad.start(receiver.address(), requests, source, pace, settings);
    }

    private DeliverySource prepared(int count) throws InterruptedException {
        return PreparedDeliveries.sign(requests, SECRET, Instant.now(), 0, count, 1);
    }

    private DeliverySource live() {
        return new LiveDeliveries(requests, _ -> SECRET, InstantSource.system(), 0);
    }

    private static int afterwards(CountDownLatch gate) {
        try {
            return gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? 202 : 500;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 500;
        }
    }
}

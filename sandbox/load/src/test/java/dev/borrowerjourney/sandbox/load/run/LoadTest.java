package dev.borrowerjourney.sandbox.load.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.load.delivery.RepeatedRequests;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadTest {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void takesTheRequestsInTurnUntilItIsStopped() throws Exception {
        var requests = new RepeatedRequests(
                Stream.of("first", "second", "third").map(LoadTest::request).toList());
        try (var server = TestReceiver.answering(place -> place == 4 ? 500 : 200);
                var load = Load.start(server.address(), requests, new Pace.Closed(), LoadSettings.once(1))) {
            await().atMost(PATIENCE).until(() -> server.received().size() >= 30);

            var counts = load.stop(PATIENCE);

            assertThat(counts.refused()).isEqualTo(1);
            assertThat(counts.acknowledged()).isEqualTo(counts.begun() - 1);
            assertThat(server.received().stream().limit(6).map(TestReceiver.Received::eventId))
                    .containsExactly("first", "second", "third", "first", "second", "third");
        }
    }

    @Test
    void refusesToBeginWithoutRequests() {
        assertThatThrownBy(() -> new RepeatedRequests(List.of())).hasMessageContaining("expected: at least one");
    }

    private static byte[] request(String id) {
        return "GET /webhooks/journey-snapshots HTTP/1.1\r\nHost: localhost\r\nX-AL-Event-ID: %s\r\n\r\n"
                .formatted(id)
                .getBytes(US_ASCII);
    }
}

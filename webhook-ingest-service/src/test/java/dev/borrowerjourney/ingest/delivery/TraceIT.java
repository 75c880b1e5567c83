package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills it.
class TraceIT {

    @TempDir
    Path secrets;

    final String brokers = TestBroker.shared().bootstrapServers();
    final String registry = TestRegistry.shared().url();
    final String eventId = "evt_" + UUID.randomUUID();
    final String traceId = UUID.randomUUID().toString().replace("-", "");

    /** Whoever reads the record goes on with the trace, and finds the receipt of the delivery above. */
    @Test
    void handsTheTraceOnInTheRecord() throws IOException, InterruptedException {
        DeliveryFixtures.writeSecrets(secrets);
        try (var collector = new OtlpReceiver();
                var service = RunningService.start(secrets, brokers, registry, settings(collector))) {
            var delivery = HttpRequest.newBuilder(service.delivery(eventId, body(eventId, APPLICATION)), (_, _) -> true)
                    .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                    .build();

            assertThat(service.send(delivery).statusCode()).isEqualTo(202);

            var span = await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> collector.spans().stream()
                                    .filter(sent -> sent.traceId().equals(traceId))
                                    .toList(),
                            sent -> sent.size() == 1)
                    .getFirst();
            assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
            assertThat(span.attributes()).containsEntry("status", "202");
            assertThat(traceparentOfTheRecord()).isEqualTo("00-" + traceId + "-" + span.spanId() + "-01");
            assertThat(collector.text()).doesNotContain("CUST_0012", eventId);
        }
    }

    private String traceparentOfTheRecord() {
        return new LogReader(brokers, registry)
                .all(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                        .filter(record -> EventHeaders.text(record.headers(), EventHeaders.ID)
                                .orElse("")
                                .equals(eventId))
                        .findFirst()
                        .flatMap(record -> EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT))
                        .orElse("");
    }

    private static String[] settings(OtlpReceiver collector) {
        return collector.settings().entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }
}

package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.defaults.testing.OtlpReceiver.Received;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The trace that a webhook began ends where its change is shown. */
class TraceIT {

    private final String borrower = "CUST_" + UUID.randomUUID();
    private final String journey = "jrn_" + UUID.randomUUID();
    private final String traceId = UUID.randomUUID().toString().replace("-", "");
    private final TestDatabase database = TestDatabase.shared();
    private final TestBroker broker = TestBroker.shared();
    private final TestRegistry registry = TestRegistry.shared();

    @Test
    void goesOnWithTheTraceOfAChange() {
        ReadModel.in(database.as("bj_projector"));
        try (var collector = new OtlpReceiver();
                var identity = PartnerIdentity.start();
                var changes = new Changes(broker.bootstrapServers(), registry.url());
                var notifier = RunningNotifier.start(
                                broker.bootstrapServers(),
                                registry.url(),
                                database,
                                identity,
                                collector.settings().entrySet().stream()
                                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                                        .toArray(String[]::new))
                        .awaitReady();
                var stream = notifier.stream(identity.token(borrower))) {
            stream.awaitSeen("ready");

            changes.publish(
                    keyOf(borrower), APPLICATION, journey, 1, "STARTED", "00-" + traceId + "-00f067aa0ba902b7-01");

            stream.awaitSeen("ready", journey + ":1");
            var span = await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> collector.spans().stream()
                                    .filter(sent -> sent.traceId().equals(traceId))
                                    .toList(),
                            sent -> sent.size() == 1)
                    .getFirst();
            assertThat(span)
                    .extracting(Received::service, Received::name, Received::parentId)
                    .containsExactly("notifier-service", "journey-changes show", "00f067aa0ba902b7");
            assertThat(span.attributes()).containsEntry("outcome", "shown");
        }
    }
}

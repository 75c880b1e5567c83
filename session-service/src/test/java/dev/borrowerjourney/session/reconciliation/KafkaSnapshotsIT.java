package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaSnapshotsIT {

    private static final TestRegistry REGISTRY = TestRegistry.shared();
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Snapshots.Source source = new Snapshots.Source(UUID.randomUUID(), randomKey(), "c-1", TRACEPARENT);

    @Test
    void writesOrdinaryAndSettlingPollInThisOrder() {
        var broker = TestBroker.shared();
        try (var snapshots = snapshots(broker.bootstrapServers());
                var log = new SnapshotLog(broker.bootstrapServers(), REGISTRY.url())) {
            snapshots.connect();
            snapshots.publish(
                    source, Fixtures.told("jrn_1", "KYC_PENDING", null), new Settlement("SEQUENCE_REUSED", 3L));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.of(source.borrower()).size() == 2);
            assertThat(log.of(source.borrower()))
                    .extracting(JourneySnapshot::getSettles)
                    .containsExactly(null, "SEQUENCE_REUSED");
            assertThat(log.recordsOf(source.borrower())).allSatisfy(record -> {
                assertThat(EventHeaders.text(record.headers(), EventHeaders.CORRELATION_ID))
                        .contains("c-1");
                assertThat(EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT))
                        .contains(TRACEPARENT);
                assertThat(EventHeaders.text(record.headers(), "ce_type"))
                        .contains("dev.borrowerjourney.journey-snapshot.v1");
                assertThat(EventHeaders.text(record.headers(), "ce_subject")).isEmpty();
            });
        }
    }

    @Test
    void saysWithinABoundedTimeThatTheLogDidNotTakeIt() {
        var broker = TestBroker.start();
        try (var snapshots = snapshots(broker.bootstrapServers())) {
            snapshots.publish(source, Fixtures.told("jrn_1", "KYC_PENDING", null), null);
            broker.close();
            var begun = Instant.now();

            assertThatThrownBy(() -> snapshots.publish(source, Fixtures.told("jrn_1", "CLOSED", null), null))
                    .isInstanceOf(Snapshots.NotPublished.class);

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Look.LEASE);
        }
    }

    @Test
    void saysSoWithoutARegistryToo() {
        var registry = Map.of("schema.registry.url", "http://127.0.0.1:1/apis/ccompat/v7", "max.retries", 0);
        try (var snapshots = new KafkaSnapshots(
                Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
                ContractSerdes.of(registry).serializer())) {
            snapshots.connect();

            assertThatThrownBy(() -> snapshots.publish(source, Fixtures.told("jrn_1", "CLOSED", null), null))
                    .isInstanceOf(Snapshots.NotPublished.class);
        }
    }

    private static KafkaSnapshots snapshots(String bootstrapServers) {
        var serdes = ContractSerdes.of(Map.of("schema.registry.url", REGISTRY.url()));
        return new KafkaSnapshots(Map.of("bootstrap.servers", bootstrapServers), serdes.serializer());
    }

    private static BorrowerKey randomKey() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new BorrowerKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}

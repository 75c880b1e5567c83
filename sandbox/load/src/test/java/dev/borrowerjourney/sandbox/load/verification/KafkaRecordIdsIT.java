package dev.borrowerjourney.sandbox.load.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaRecordIdsIT {

    static final Duration DEADLINE = Duration.ofMinutes(2);

    final String bootstrapServers = TestBroker.shared().bootstrapServers();
    final KafkaRecordIds ids = new KafkaRecordIds(bootstrapServers);

    @Test
    void readsEveryPartitionToItsEnd() throws Exception {
        try (var producer = producer(Map.of())) {
            for (int i = 0; i < 500; i++) {
                producer.send(event("notification-deliveries", i % 12, "evt_" + i))
                        .get();
            }
            producer.send(event("notification-deliveries", 0, "evt_7")).get();
        }

        var records = ids.read("notification-deliveries", DEADLINE);

        var acknowledged = IntStream.range(0, 501).mapToObj(i -> "evt_" + i).toList();
        var verification = Verification.of(Ids.of(acknowledged), records);
        assertThat(verification.records()).isEqualTo(501);
        assertThat(verification.lost()).containsExactly("evt_500");
        assertThat(verification.repeated()).containsExactly(Map.entry("evt_7", 2));
    }

    /** What was aborted was never published; counting it would hide a loss. */
    @Test
    void leavesOutAbortedRecords() throws Exception {
        try (var producer = producer(Map.of("transactional.id", "verification-test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(event("journey-changes", 0, "kept")).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(event("journey-changes", 0, "aborted")).get();
            producer.abortTransaction();
        }

        var found = Verification.of(Ids.of(List.of()), ids.read("journey-changes", DEADLINE));
        assertThat(found.unacknowledged()).containsExactly("kept");
    }

    @Test
    void refusesRecordsWithoutId() throws Exception {
        try (var producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("erasures", 2, new byte[0], new byte[0]))
                    .get();
        }

        assertThatThrownBy(() -> ids.read("erasures", DEADLINE)).hasMessage("erasures-2@0: no ce_id");
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> event(String topic, int partition, String id) {
        var headers =
                new EventHeaders(id, "/test", EventHeaders.type("test"), null, Instant.EPOCH, null, null).toKafka();
        return new ProducerRecord<>(topic, partition, new byte[0], new byte[0], headers);
    }
}

package dev.borrowerjourney.projector.publication;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits records and source offsets in one transaction. Producers take turns, because the coordinator still completes a
 * transaction for a moment after it has answered. One that failed is closed and never used again: whether its transaction
 * was committed is then for the committed offset to tell.
 */
final class KafkaTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransactions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> settings;
    private final int limit;
    private final String instance = UUID.randomUUID().toString();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();
    private final BlockingQueue<Producer<byte[], byte[]>> idle = new LinkedBlockingQueue<>();

    /** @param limit producers at most; two for each thread that publishes let them take turns */
    KafkaTransactions(Map<String, Object> settings, int limit) {
        this.settings = settings(settings);
        this.limit = limit;
    }

    void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group) {
        var producer = take();
        try {
            producer.beginTransaction();
            for (var record : records) {
                // A record that could not be sent fails the commit.
                var _ = producer.send(record);
            }
            producer.sendOffsetsToTransaction(offsets, group);
            producer.commitTransaction();
            idle.add(producer);
        } catch (CommitFailedException e) {
            // The group has moved on, and every partition hears of it so; the producer is as good as before.
            abort(producer);
            throw e;
        } catch (RuntimeException e) {
            drop(producer);
            throw e;
        }
    }

    private void abort(Producer<byte[], byte[]> producer) {
        try {
            producer.abortTransaction();
            idle.add(producer);
        } catch (RuntimeException e) {
            LOG.debug("A transaction could not be aborted; the coordinator will do it.", e);
            drop(producer);
        }
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> producer;
        while ((producer = idle.poll()) != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }

    private Producer<byte[], byte[]> take() {
        if (alive.incrementAndGet() <= limit) {
            return create();
        }
        alive.decrementAndGet();
        try {
            var producer = idle.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (producer == null) {
                throw new KafkaException("no producer is free after " + PATIENCE);
            }
            return producer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for a producer", e);
        }
    }

    private Producer<byte[], byte[]> create() {
        Producer<byte[], byte[]> producer = null;
        try {
            var own = new HashMap<>(settings);
            // No two processes may share an id; fencing is the group's epoch, not the producer's.
            own.put(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    "journey-projector-" + instance + "-" + created.getAndIncrement());
            producer = new KafkaProducer<>(own);
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            if (producer == null) {
                alive.decrementAndGet();
            } else {
                drop(producer);
            }
            throw e;
        }
    }

    private void drop(Producer<byte[], byte[]> producer) {
        alive.decrementAndGet();
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            LOG.debug("A transaction could not be aborted; the coordinator will do it.", e);
        }
        producer.close(Duration.ZERO);
    }

    private static Map<String, Object> settings(Map<String, Object> given) {
        var settings = new HashMap<>(given);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // An abandoned transaction holds readers back for no longer than this.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 8_000);
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2);
        return settings;
    }
}

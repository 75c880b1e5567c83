package dev.borrowerjourney.projector.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.state.DeadLetterId;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** Appends records to the log of snapshots as they were, one after the other. */
final class KafkaReplay implements DisposableBean {

    private static final int PATIENCE_SECONDS = 30;
    private static final int LARGEST = 16 * 1024 * 1024;

    private final Map<String, Object> settings;
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaReplay(Map<String, Object> configured) {
        this.settings = new HashMap<>(configured);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // Of a record that just fitted the topic, the header more must not make one that does not.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 500);
    }

    /**
     * Appends a record and returns its partition and offset once it is durable. Its key gives the partition, as for every
     * writer of the log; its time is now, since retention goes by it.
     *
     * @throws IllegalStateException if the log did not take it within half a minute
     */
    String append(Content content, String id) {
        var written = new ProducerRecord<>(TopicCatalogue.JOURNEY_SNAPSHOTS, null, content.key(), content.value());
        content.headers().forEach(written.headers()::add);
        written.headers().remove(DeadLetterId.HEADER).add(DeadLetterId.HEADER, id.getBytes(UTF_8));
        try {
            var place = producer().send(written).get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
            return place.partition() + ":" + place.offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the log may have it or not", e);
        } catch (ExecutionException e) {
            throw notTaken(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw notTaken(e);
        }
    }

    @Override
    public void destroy() {
        if (producer != null) {
            producer.close();
        }
    }

    private Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings);
        }
        return producer;
    }

    private static IllegalStateException notTaken(Throwable cause) {
        return new IllegalStateException(
                "the log did not take it: " + cause.getClass().getSimpleName(), cause);
    }
}

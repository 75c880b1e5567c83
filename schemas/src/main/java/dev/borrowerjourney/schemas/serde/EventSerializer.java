package dev.borrowerjourney.schemas.serde;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's serializer for the first record of a topic, which asks the registry; after it the same bytes without asking
 * whether the schema is still equal to the registered one, member by member, for each record. Thread-safe.
 */
final class EventSerializer extends KafkaAvroSerializer {

    /** The wire format: a zero byte and the id of the schema, four bytes. */
    private static final int PREFIX = 5;

    private final Map<String, EventEncoding> encodings = new ConcurrentHashMap<>();

    /** Also what the other form of this method comes to. */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable Object event) {
        var encoding = encodings.get(topic);
        if (event != null && encoding != null && encoding.type == event.getClass()) {
            return encoding.encode((SpecificRecord) event);
        }
        byte[] bytes = super.serialize(topic, headers, event);
        if (bytes != null && event instanceof SpecificRecordBase known) {
            encodings.put(topic, new EventEncoding(known, Arrays.copyOf(bytes, PREFIX)));
        }
        return bytes;
    }

    /** How the records of one class are written behind the prefix that the registry's answer gave them. */
    private static final class EventEncoding {

        private final Class<?> type;
        private final byte[] prefix;
        private final SpecificDatumWriter<SpecificRecord> writer;

        /** Grows to as many as write at one time. */
        private final Queue<Buffer> idle = new ConcurrentLinkedQueue<>();

        EventEncoding(SpecificRecordBase example, byte[] prefix) {
            this.type = example.getClass();
            this.prefix = prefix;
            this.writer = new SpecificDatumWriter<>(example.getSchema(), example.getSpecificData());
        }

        byte[] encode(SpecificRecord event) {
            var taken = idle.poll();
            var buffer = taken == null ? new Buffer() : taken;
            try {
                var bytes = buffer.encode(event);
                // Only now: one that failed amid a record holds half of it, which would begin the next.
                idle.offer(buffer);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException("Memory does not fail to be written.", e);
            }
        }

        private final class Buffer {

            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
            private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

            byte[] encode(SpecificRecord event) throws IOException {
                bytes.reset();
                bytes.write(prefix);
                EncoderFactory.get().binaryEncoder(bytes, encoder);
                writer.write(event, encoder);
                encoder.flush();
                return bytes.toByteArray();
            }
        }
    }
}

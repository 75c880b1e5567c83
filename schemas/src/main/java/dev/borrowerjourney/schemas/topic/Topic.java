package dev.borrowerjourney.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the contract.
 *
 * @param name the topic's name
 * @param key what the record key is, in words
 * @param value simple name of the Avro record
 * @param partitions never changes: more partitions mean another topic and a drain
 * @param retention how long records stay, or null where compaction keeps the latest of each key for ever
 * @param cleanup Kafka's cleanup.policy
 * @param owner the service that writes the topic and answers for its schema
 * @param alsoWrittenBy other services that write it
 * @param readBy who reads it; services by their names
 * @param dataClass internal, or restricted where any field is personal or secret
 * @param replicas brokers that hold each partition in production
 * @param minInsyncReplicas brokers that must have a record before it counts as acknowledged
 * @param purpose one sentence
 */
public record Topic(
        String name,
        String key,
        String value,
        int partitions,
        @Nullable Duration retention,
        String cleanup,
        String owner,
        List<String> alsoWrittenBy,
        List<String> readBy,
        String dataClass,
        int replicas,
        int minInsyncReplicas,
        String purpose) {

    /** Kafka's settings of the topic, apart from partitions and replicas. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put("cleanup.policy", cleanup);
        settings.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
        settings.put("retention.ms", retention == null ? "-1" : Long.toString(retention.toMillis()));
        return settings;
    }

    /** The subject that the value's schema is registered under. */
    public String subject() {
        return name + "-value";
    }

    /** The value's schema as registered: without what only Java's code generator reads. */
    public Schema schema() {
        return RegisteredSchemas.registered(SpecificData.get().getSchema(valueType()));
    }

    private Class<?> valueType() {
        try {
            return Class.forName("dev.borrowerjourney.schemas.event." + value);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + ": value " + value + " (expected: a record of the contract)", e);
        }
    }
}

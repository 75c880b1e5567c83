package dev.borrowerjourney.schemas.serde;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's serdes for the values of the contract: they never register a schema, look up what was registered, and give
 * the generated classes.
 */
public final class ContractSerdes {

    private final Map<String, Object> settings;

    private ContractSerdes(Map<String, Object> settings) {
        this.settings = settings;
    }

    /**
     * Serdes with these settings of the registry client.
     *
     * @param properties at least {@code schema.registry.url}, the Confluent-compatible API; credentials and TLS as the
     *     client documents them; other entries are passed on and ignored by it
     */
    public static ContractSerdes of(Map<String, ?> properties) {
        if (!properties.containsKey("schema.registry.url")) {
            throw new IllegalArgumentException("schema.registry.url: not set"
                    + " (expected: the registry's Confluent-compatible API, in spring.kafka.properties)");
        }
        TrustedEvents.trust();
        var settings = new HashMap<String, Object>(properties);
        settings.put("auto.register.schemas", false);
        settings.put("avro.remove.java.properties", true);
        settings.put("specific.avro.reader", true);
        return new ContractSerdes(settings);
    }

    /** A new serializer for values; the caller closes it. It asks the registry once for each schema, and blocks for that. */
    public Serializer<Object> serializer() {
        var serializer = new EventSerializer();
        serializer.configure(settings, false);
        return serializer;
    }

    /** A new deserializer for values; the caller closes it. It asks the registry once for each schema, and blocks for that. */
    public Deserializer<Object> deserializer() {
        var deserializer = new KafkaAvroDeserializer();
        deserializer.configure(settings, false);
        return deserializer;
    }
}

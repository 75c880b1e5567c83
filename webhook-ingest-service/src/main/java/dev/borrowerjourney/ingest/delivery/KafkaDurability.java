package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.serde.ContractSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;

/** How records are sent. What the promise of the service rests on cannot be weakened by a setting. */
final class KafkaDurability {

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(3);

    private KafkaDurability() {}

    /**
     * Producer settings on top of the configured ones.
     *
     * @param deadline within which a send either succeeded or failed
     */
    static Map<String, Object> settings(Map<String, Object> configured, Duration deadline) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deadline.toMillis()));
        var request = LONGEST_REQUEST.compareTo(deadline) < 0 ? LONGEST_REQUEST : deadline.dividedBy(2);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(request.toMillis()));
        // Records are sent from event loops, which must not wait for metadata or for room: they ask again instead.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // A delivery waits for its record, so the wait for company is short.
        defaults(configured, settings, ProducerConfig.LINGER_MS_CONFIG, 1);
        defaults(configured, settings, ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        defaults(configured, settings, ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return settings;
    }

    /** A serializer that takes schemas from the registry and never puts any there. */
    static Serializer<Object> serializer(Map<String, Object> configured) {
        var settings = new HashMap<>(configured);
        // The platform comes again anyway, and must hear so soon.
        defaults(configured, settings, "max.retries", 0);
        defaults(configured, settings, "http.connect.timeout.ms", 2000);
        defaults(configured, settings, "http.read.timeout.ms", 2000);
        return ContractSerdes.of(settings).serializer();
    }

    private static void defaults(Map<String, Object> configured, Map<String, Object> settings, String name, Object to) {
        if (!configured.containsKey(name)) {
            settings.put(name, to);
        }
    }
}

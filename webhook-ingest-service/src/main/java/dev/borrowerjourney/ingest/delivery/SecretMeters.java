package dev.borrowerjourney.ingest.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which secrets are in use: a retiring one may go once it verifies nothing any more. A secret's meters go with its file. */
final class SecretMeters {

    private record Key(UUID applicationId, String secretId) {}

    private record Use(Counter verified, Gauge gauge, AtomicLong lastUsed) {}

    private final MeterRegistry meters;
    private final Map<Key, Use> uses = new ConcurrentHashMap<>();

    SecretMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Follows the files: those that are there now have meters, and no others. */
    synchronized void follow(Map<UUID, ApplicationKeys> keys) {
        var present = new HashMap<Key, UUID>();
        keys.forEach((application, found) ->
                found.secrets().forEach(secret -> present.put(new Key(application, secret.id()), application)));
        uses.entrySet().removeIf(use -> !present.containsKey(use.getKey()) && remove(use.getValue()));
        present.keySet().forEach(key -> uses.computeIfAbsent(key, this::register));
    }

    /** Nothing for a secret whose file has just gone. */
    void verified(UUID applicationId, String secretId, Instant at) {
        var use = uses.get(new Key(applicationId, secretId));
        if (use != null) {
            use.verified().increment();
            use.lastUsed().set(at.getEpochSecond());
        }
    }

    private Use register(Key key) {
        var lastUsed = new AtomicLong();
        var application = key.applicationId().toString();
        return new Use(
                Counter.builder("ingest.verified")
                        .description("Deliveries that this secret signed")
                        .tags("application", application, "secret", key.secretId())
                        .register(meters),
                Gauge.builder("ingest.secret.last-used", lastUsed, AtomicLong::get)
                        .description("When this secret last verified a delivery here, in epoch seconds; 0 if not yet")
                        .baseUnit("seconds")
                        .tags("application", application, "secret", key.secretId())
                        .register(meters),
                lastUsed);
    }

    private boolean remove(Use use) {
        meters.remove(use.verified());
        meters.remove(use.gauge());
        return true;
    }
}

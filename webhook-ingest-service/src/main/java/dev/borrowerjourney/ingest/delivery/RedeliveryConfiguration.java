package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
class RedeliveryConfiguration {

    /** Lazy: only operator commands redeliver. */
    @Bean
    @Lazy
    Redelivery redelivery(
            Watched<Map<UUID, ApplicationKeys>> keys,
            DeliveryRecords records,
            IngestProperties settings,
            Snapshots snapshots) {
        var webhook = settings.webhook();
        return new Redelivery(
                keys,
                new SnapshotReader(webhook.borrowerPointers()),
                records,
                new FreshnessRule(webhook.freshness(), webhook.tolerance()),
                snapshots);
    }
}

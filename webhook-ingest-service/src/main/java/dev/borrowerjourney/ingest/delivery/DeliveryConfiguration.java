package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
class DeliveryConfiguration {

    @Bean
    static OwnPrefixes ownPrefixes() {
        return OwnPrefixes.of("ingest");
    }

    @Bean
    SecretDirectory secretDirectory(IngestProperties settings) {
        return new SecretDirectory(settings.secretsDirectory());
    }

    @Bean
    Watched<Map<UUID, ApplicationKeys>> applicationKeys(
            SecretDirectory directory, IngestProperties settings, DeliveryMetrics metrics) {
        var files = new KeyFiles(settings.applications());
        return directory.watch(secrets -> {
            var keys = files.read(secrets);
            metrics.live(keys);
            return keys;
        });
    }

    @Bean
    DeliveryRecords deliveryRecords(SecretDirectory directory) {
        return new DeliveryRecords(
                PseudonymKey.of(directory.read("pseudonym-key").reveal()));
    }

    @Bean
    Serializer<Object> avroSerializer(KafkaProperties kafka) {
        return KafkaDurability.serializer(kafka.buildProducerProperties());
    }

    @Bean
    DefaultKafkaProducerFactoryCustomizer durableProducer(Serializer<Object> serializer, IngestProperties settings) {
        return factory -> {
            factory.updateConfigs(KafkaDurability.settings(
                    factory.getConfigurationProperties(), settings.webhook().deadline()));
            serializeWith(factory, serializer);
        };
    }

    @Bean
    Snapshots snapshots(ProducerFactory<Object, Object> producers) {
        return new KafkaSnapshots(producers);
    }

    @Bean
    KafkaReadiness kafkaReadiness(
            KafkaAdmin admin, Serializer<Object> serializer, ProducerFactory<Object, Object> producers) {
        var settings = new HashMap<>(admin.getConfigurationProperties());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000);
        // Rebootstrapping spins while no broker answers; a new client after each failure does the same without.
        settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        return new KafkaReadiness(settings, serializer, producers);
    }

    @Bean
    InFlight inFlight(IngestProperties settings) {
        return new InFlight(
                settings.webhook().inFlight().toBytes(), settings.webhook().mostRequests());
    }

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry meters, IngestProperties settings, InFlight inFlight, Clock clock) {
        var applications = settings.applications().stream()
                .map(IngestProperties.Application::applicationId)
                .collect(Collectors.toSet());
        return new DeliveryMetrics(meters, applications, inFlight, clock);
    }

    @Bean
    Deadlines deadlines() {
        return new Deadlines();
    }

    @Bean
    DeliveryWebFilter deliveryWebFilter(
            Watched<Map<UUID, ApplicationKeys>> keys,
            DeliveryRecords records,
            IngestProperties settings,
            Snapshots snapshots,
            InFlight inFlight,
            Deadlines deadlines,
            DeliveryMetrics metrics,
            Clock clock) {
        var reader = new SnapshotReader(settings.webhook().borrowerPointers());
        var receiver = new DeliveryReceiver(keys, reader, records, settings.webhook(), snapshots, deadlines, metrics);
        return new DeliveryWebFilter(receiver, settings, inFlight, deadlines, metrics, clock);
    }

    /**
     * Without an observation of each request unless its span is exported: the metrics of deliveries tell the same at a tenth
     * of the cost.
     */
    @Bean
    HttpHandler httpHandler(ApplicationContext context, ObservationRegistry observations, Spans spans) {
        return WebHttpHandlerBuilder.applicationContext(context)
                .observationRegistry(spans.exported() ? observations : ObservationRegistry.NOOP)
                .build();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @SuppressWarnings("unchecked")
    private static void serializeWith(DefaultKafkaProducerFactory<?, ?> factory, Serializer<Object> serializer) {
        var objects = (DefaultKafkaProducerFactory<Object, Object>) factory;
        // They are set up already; the factory would do it once more from its own settings, with registering allowed.
        objects.setConfigureSerializers(false);
        var keys = new StringSerializer();
        objects.setKeySerializer((topic, key) -> keys.serialize(topic, (String) key));
        objects.setValueSerializer(serializer);
    }
}

package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.defaults.health.Requirement;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
class NotificationConfiguration {

    private static final String GROUP = "notifier-service";

    /** Not where an operator's command runs: it would take part in the work and end amid it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    @ConditionalOnProperty(
            prefix = "notifier.notification",
            name = "enabled",
            havingValue = "true",
            matchIfMissing = true)
    static class Enabled {

        @Bean
        Occasions occasions(NotificationProperties settings) {
            return new Occasions(settings.kinds());
        }

        @Bean
        NotificationMetrics notificationMetrics(MeterRegistry meters) {
            return new NotificationMetrics(meters);
        }

        @Bean
        PostgresNotifications postgresNotifications(JdbcClient jdbc) {
            return new PostgresNotifications(jdbc);
        }

        @Bean
        ConcurrentMessageListenerContainer<String, byte[]> occasionsContainer(
                KafkaProperties kafka,
                Occasions occasions,
                PostgresNotifications notifications,
                NotificationMetrics metrics,
                Clock clock) {
            var consumers = new DefaultKafkaConsumerFactory<String, byte[]>(consumer(kafka));
            var properties = new ContainerProperties(TopicCatalogue.JOURNEY_CHANGES);
            properties.setGroupId(GROUP);
            properties.setMessageListener(
                    new KafkaOccasions(serdes(kafka).deserializer(), occasions, notifications, metrics, clock));
            var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
            container.setBeanName("occasions");
            // Fails only while the database is away, and then for as long as that lasts.
            container.setCommonErrorHandler(
                    new DefaultErrorHandler(new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS)));
            return container;
        }

        @Bean
        Requirement notificationDeliveries(KafkaProperties kafka) {
            return new KafkaDeliveriesTopic(kafka.buildAdminProperties(), TopicCatalogue.NOTIFICATION_DELIVERIES);
        }

        private static ContractSerdes serdes(KafkaProperties kafka) {
            return ContractSerdes.of(kafka.getProperties());
        }

        private static Map<String, Object> consumer(KafkaProperties kafka) {
            var settings = kafka.buildConsumerProperties();
            settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            // A change is in the database before it is sent, so it is true even if its transaction fails.
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
            return settings;
        }
    }
}

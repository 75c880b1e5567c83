package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.defaults.health.Requirement;
import dev.borrowerjourney.notifier.BorrowerOption;
import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.preference.Preferences;
import dev.borrowerjourney.notifier.push.PushProperties;
import dev.borrowerjourney.notifier.push.PushSender;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
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
    private static final Duration AUTHORISATION_AGAIN = Duration.ofSeconds(10);

    @Bean
    @Lazy
    PostgresHistory postgresHistory(JdbcClient jdbc) {
        return new PostgresHistory(jdbc);
    }

    @Bean
    @Lazy
    NotificationsCommand notificationsCommand(
            ObjectProvider<NotifierProperties> notifier,
            ObjectProvider<PseudonymKey> pseudonymKey,
            ObjectProvider<PostgresHistory> history) {
        return new NotificationsCommand(new BorrowerOption(notifier, pseudonymKey), history);
    }

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
        NotificationJob notificationJob(
                KafkaProperties kafka,
                JdbcClient jdbc,
                PostgresNotifications notifications,
                Devices devices,
                Preferences preferences,
                PushSender sender,
                Occasions occasions,
                NotificationProperties settings,
                PushProperties push,
                NotificationMetrics metrics,
                Clock clock) {
            settings.requireLeaseBeyond(push.timeout());
            var backoff = new Backoff(settings.backoffLeast(), settings.backoffMost(), RandomGenerator.getDefault());
            var tools = new Delivery.Tools(notifications, devices, preferences, sender);
            var delivery = new Delivery(tools, occasions, backoff, settings.maxAttempts(), metrics, clock);
            var tables = new NotificationJob.Tables(
                    notifications, new PostgresDeliveries(jdbc, UUID.randomUUID()), new PostgresUpkeep(jdbc));
            var topic = new KafkaDeliveries(
                    kafka.buildProducerProperties(), serdes(kafka).serializer());
            return new NotificationJob(tables, topic, delivery, sender, settings, metrics);
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
            // Without it, the container would end for good.
            properties.setAuthExceptionRetryInterval(AUTHORISATION_AGAIN);
            properties.setMessageListener(
                    new KafkaOccasions(serdes(kafka).deserializer(), occasions, notifications, metrics, clock));
            var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
            container.setBeanName("occasions");
            // Fails only while the database is away, and then for as long as that lasts; what is wrong itself was
            // skipped.
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
            // Nobody is told at once, so many changes are heard together, and the streams keep the processor.
            settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1_000_000);
            settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 300);
            return settings;
        }
    }
}

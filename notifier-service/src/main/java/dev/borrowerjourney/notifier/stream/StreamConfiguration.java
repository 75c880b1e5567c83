package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.defaults.health.Requirement;
import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What starts by itself is left out of operator commands. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamProperties.class)
class StreamConfiguration {

    @Bean
    StreamMetrics streamMetrics(MeterRegistry meters) {
        return new StreamMetrics(meters);
    }

    @Bean
    Journeys journeys(JdbcClient jdbc, JsonMapper json, Clock clock, StreamProperties properties) {
        return new PostgresJourneys(jdbc, json, clock, properties.freshFor());
    }

    @Bean
    UpdateWriter updateWriter(JsonMapper json) {
        return new UpdateWriter(json);
    }

    @Bean
    EventText eventText(JsonMapper json) {
        return new EventText(json);
    }

    @Bean
    @ConditionalOnWebApplication
    CurrentStates currentStates(Journeys journeys, UpdateWriter writer) {
        return new CurrentStates(journeys, writer);
    }

    @Bean
    @ConditionalOnWebApplication
    Streams streams(
            StreamProperties properties,
            CurrentStates states,
            UpdateWriter writer,
            StreamMetrics metrics,
            Clock clock) {
        var reconnects = new Reconnects(properties.reconnectMin(), properties.reconnectMax(), new SecureRandom());
        return new Streams(properties, reconnects, states, writer, metrics, clock);
    }

    @Bean
    @ConditionalOnWebApplication
    KafkaChanges kafkaChanges(
            KafkaProperties kafka,
            StreamProperties properties,
            JsonMapper json,
            Streams streams,
            StreamMetrics metrics,
            Spans spans) {
        var reader =
                new KafkaChangeReader(ContractSerdes.of(kafka.getProperties()).deserializer(), json);
        return new KafkaChanges(consumers(kafka), properties.changesTopic(), reader, streams, metrics, spans);
    }

    @Bean
    @ConditionalOnWebApplication
    KafkaTopicWatch kafkaTopicWatch(
            KafkaProperties kafka, StreamProperties properties, KafkaChanges changes, Streams streams) {
        var settings = kafka.buildAdminProperties();
        settings.put("default.api.timeout.ms", 5_000);
        settings.put("request.timeout.ms", 4_000);
        settings.put("reconnect.backoff.max.ms", 1_000);
        return new KafkaTopicWatch(settings, properties.changesTopic(), changes, streams);
    }

    @Bean
    @ConditionalOnWebApplication
    PostgresReadModelWatch postgresReadModelWatch(JdbcClient jdbc, Streams streams) {
        return new PostgresReadModelWatch(jdbc, streams);
    }

    @Bean
    Requirement journeyChanges(KafkaChanges changes, KafkaTopicWatch watch) {
        return new StreamRequirement("journeyChanges", () -> watch.trouble().or(changes::trouble));
    }

    @Bean
    Requirement readModel(PostgresReadModelWatch watch) {
        return new StreamRequirement("readModel", watch::trouble);
    }

    @Bean
    WebHttpHandlerBuilderCustomizer streamHandler() {
        return builder -> builder.httpHandlerDecorator(HttpStreamHandler::new);
    }

    /** Cuts a connection whose reader does not even take a heartbeat; without it the socket would stay for ever. */
    @Bean
    NettyServerCustomizer writeTimeout(StreamProperties properties) {
        return server -> server.doOnConnection(connection -> connection.addHandlerLast(
                new WriteTimeoutHandler(properties.writeTimeout().toMillis(), TimeUnit.MILLISECONDS)));
    }

    private static Supplier<Consumer<String, byte[]>> consumers(KafkaProperties kafka) {
        var settings = kafka.buildConsumerProperties();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A log that was cut must not be passed over in silence.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A change is in the database before it is sent, so it is true even if its transaction fails.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}

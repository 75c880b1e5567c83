package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.ingest.delivery.Redelivery;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
@Lazy
class QuarantineConfiguration {

    @Bean
    KafkaQuarantine kafkaQuarantine(KafkaProperties kafka, ProducerFactory<Object, Object> producers) {
        return new KafkaQuarantine(kafka, producers);
    }

    @Bean
    QuarantineCommand quarantineCommand(
            ObjectProvider<KafkaQuarantine> quarantine, ObjectProvider<Redelivery> redelivery, Clock clock) {
        return new QuarantineCommand(quarantine, redelivery, clock);
    }
}

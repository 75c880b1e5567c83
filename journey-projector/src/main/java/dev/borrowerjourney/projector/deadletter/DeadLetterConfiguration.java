package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.projector.projection.Legibility;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

    private final Clock clock = Clock.systemUTC();

    @Bean
    DeadLettersJob deadLettersJob(JdbcTemplate jdbc, DeadLetterProperties settings, MeterRegistry meters) {
        return new DeadLettersJob(new PostgresDeadLetterUpkeep(jdbc), settings, meters);
    }

    @Bean
    @Lazy
    DeadLetterCommand deadLetterCommand(
            ObjectProvider<DeadLetterList> list,
            ObjectProvider<DeadLetterShow> show,
            ObjectProvider<DeadLetterReplay> replay,
            ObjectProvider<DeadLetterPark> park) {
        return new DeadLetterCommand(list, show, replay, park);
    }

    @Bean
    @Lazy
    PostgresDeadLetters deadLetters(JdbcTemplate jdbc) {
        return new PostgresDeadLetters(jdbc);
    }

    @Bean
    @Lazy
    DeadLetterList deadLetterList(PostgresDeadLetters letters) {
        return new DeadLetterList(letters, clock);
    }

    @Bean
    @Lazy
    DeadLetterShow deadLetterShow(PostgresDeadLetters letters, Legibility legibility, ContractSerdes serdes) {
        return new DeadLetterShow(letters, legibility, new KafkaMaskedSnapshot(serdes));
    }

    @Bean
    @Lazy
    KafkaReplay deadLetterLog(KafkaProperties kafka) {
        return new KafkaReplay(kafka.buildProducerProperties());
    }

    @Bean
    @Lazy
    DeadLetterReplay deadLetterReplay(PostgresDeadLetters letters, KafkaReplay log, Legibility legibility) {
        return new DeadLetterReplay(letters, log, legibility, clock);
    }

    @Bean
    @Lazy
    DeadLetterPark deadLetterPark(PostgresDeadLetters letters) {
        return new DeadLetterPark(letters, clock);
    }
}

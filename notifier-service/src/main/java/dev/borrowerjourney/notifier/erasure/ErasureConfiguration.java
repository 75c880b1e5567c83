package dev.borrowerjourney.notifier.erasure;

import dev.borrowerjourney.notifier.BorrowerOption;
import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

    @Bean
    @Lazy
    PostgresErasure postgresErasure(JdbcClient jdbc) {
        return new PostgresErasure(jdbc);
    }

    @Bean
    @Lazy
    BorrowerCommand borrowerCommand(
            ObjectProvider<NotifierProperties> notifier,
            ObjectProvider<PseudonymKey> pseudonymKey,
            ObjectProvider<PostgresErasure> erasure) {
        return new BorrowerCommand(new BorrowerOption(notifier, pseudonymKey), erasure);
    }
}

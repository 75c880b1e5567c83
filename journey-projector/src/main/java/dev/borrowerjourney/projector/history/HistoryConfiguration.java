package dev.borrowerjourney.projector.history;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
class HistoryConfiguration {

    @Bean
    HistoryJob historyJob(JdbcTemplate jdbc, PlatformTransactionManager transactions, HistoryProperties settings) {
        return new HistoryJob(
                new PostgresHistory(jdbc, new TransactionTemplate(transactions)),
                settings.retention(),
                Clock.systemUTC());
    }
}

package dev.borrowerjourney.notifier.presence;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PresenceConfiguration {

    // An operator command shows nobody anything.
    @Bean
    @ConditionalOnWebApplication
    PresenceJob presenceJob(OpenStreams streams, JdbcClient jdbc) {
        return new PresenceJob(streams, new PostgresPresence(jdbc));
    }
}

package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceProperties.class)
class DeviceConfiguration {

    @Bean
    PushServices pushServices(DeviceProperties properties) {
        return new PushServices(properties.pushServices(), properties.allowPlainHttp());
    }

    @Bean
    PostgresDevices devices(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            SecretDirectory secrets,
            Clock clock,
            DeviceProperties properties) {
        return new PostgresDevices(jdbc, transactions, new AddressSeal(secrets), clock, properties.maxPerBorrower());
    }
}

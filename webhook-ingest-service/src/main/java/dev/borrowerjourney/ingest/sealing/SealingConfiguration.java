package dev.borrowerjourney.ingest.sealing;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@Lazy
class SealingConfiguration {

    @Bean
    SealKeysCommand sealKeysCommand(Environment environment, Clock clock) {
        return new SealKeysCommand(environment, clock);
    }
}

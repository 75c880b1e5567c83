package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformProperties.class)
class PlatformConfiguration {

    @Bean
    HttpPlatform httpPlatform(
            PlatformProperties properties, SecretDirectory secrets, JsonMapper json, MeterRegistry meters) {
        return new HttpPlatform(properties, new ApiKeys(secrets, properties), json, meters);
    }
}

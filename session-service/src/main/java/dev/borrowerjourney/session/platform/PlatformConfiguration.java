package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.tracing.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlatformProperties.class)
class PlatformConfiguration {

    @Bean
    ApiKeys apiKeys(SecretDirectory secrets, PlatformProperties properties) {
        return new ApiKeys(secrets, properties);
    }

    @Bean
    PlatformAnswers platformAnswers(JsonMapper json) {
        return new PlatformAnswers(json);
    }

    @Bean
    HttpCalls httpCalls(PlatformProperties properties, PlatformAnswers answers, MeterRegistry meters, Spans spans) {
        return new HttpCalls(properties, answers, meters, spans);
    }

    @Bean
    HttpPlatform httpPlatform(HttpCalls calls, ApiKeys keys, PlatformAnswers answers, JsonMapper json) {
        return new HttpPlatform(calls, keys, answers, json);
    }

    @Bean
    HttpStates httpStates(
            PlatformProperties properties, PlatformAnswers answers, MeterRegistry meters, Spans spans, Clock clock) {
        return new HttpStates(new HttpCalls(properties, answers, meters, spans), clock);
    }

    @Bean
    HttpSubscriptions httpSubscriptions(HttpCalls calls, ApiKeys keys, PlatformAnswers answers, JsonMapper json) {
        return new HttpSubscriptions(calls, keys, answers, json);
    }
}

package dev.borrowerjourney.session.limit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

    @Bean
    @ConditionalOnWebApplication
    CallLimitsWebFilter callLimitsWebFilter(LimitProperties properties, MeterRegistry meters) {
        return new CallLimitsWebFilter(new CallLimits(properties, TimeMeter.SYSTEM_NANOTIME, meters));
    }
}

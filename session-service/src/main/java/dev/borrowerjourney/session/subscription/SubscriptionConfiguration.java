package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubscriptionProperties.class)
class SubscriptionConfiguration {

    @Bean
    Subscriptions subscriptions(
            PlatformProperties properties, HttpSubscriptions platform, MeterRegistry meters, Clock clock) {
        return Subscriptions.of(properties, platform, meters, clock);
    }

    @Bean
    SubscriptionHealthIndicator subscriptionHealthIndicator(Subscriptions subscriptions) {
        return new SubscriptionHealthIndicator(subscriptions);
    }

    /** Not for operator commands: one that shows must not repair. */
    @Bean
    @ConditionalOnWebApplication
    SubscriptionUpkeepJob subscriptionUpkeepJob(Subscriptions subscriptions, SubscriptionProperties properties) {
        return new SubscriptionUpkeepJob(subscriptions, properties);
    }

    @Bean
    @Lazy
    SubscriptionCommand subscriptionCommand(
            ObjectProvider<PlatformProperties> platform,
            ObjectProvider<SubscriptionProperties> properties,
            ObjectProvider<HttpSubscriptions> subscriptions) {
        return new SubscriptionCommand(platform, properties, subscriptions);
    }
}

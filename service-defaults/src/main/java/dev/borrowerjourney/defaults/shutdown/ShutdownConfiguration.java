package dev.borrowerjourney.defaults.shutdown;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ShutdownConfiguration {

    @Bean
    ClosingWebFilter closingWebFilter() {
        return new ClosingWebFilter();
    }
}

package dev.borrowerjourney.defaults.problem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;

@AutoConfiguration(before = WebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ProblemConfiguration {

    @Bean
    ProblemWriter problemWriter(ObjectProvider<ProblemMembers> extensions) {
        return new ProblemWriter(extensions.orderedStream().toList());
    }

    @Bean
    ProblemWebExceptionHandler problemWebExceptionHandler(ProblemWriter writer) {
        DroppedErrors.hear();
        return new ProblemWebExceptionHandler(writer);
    }

    /**
     * Keeps Boot's advice away, which {@code spring.webflux.problemdetails.enabled=true} would bring: it answers some
     * of the errors, without the correlation id, and quotes the request. It is no advice itself.
     */
    @Bean
    ResponseEntityExceptionHandler noOtherProblemDetails() {
        return new ResponseEntityExceptionHandler() {};
    }
}

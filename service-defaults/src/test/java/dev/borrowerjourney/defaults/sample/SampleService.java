package dev.borrowerjourney.defaults.sample;

import dev.borrowerjourney.defaults.health.Requirement;
import dev.borrowerjourney.defaults.problem.ProblemMembers;
import dev.borrowerjourney.defaults.problem.ProblemWriter;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.server.WebFilter;

/** Has an endpoint for every way to fail. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SampleController.class)
public class SampleService {

    @Bean
    static OwnPrefixes ownPrefixes() {
        return OwnPrefixes.of("sample");
    }

    /** As a service's security does. */
    @Bean
    WebFilter gate(ProblemWriter writer) {
        return (exchange, chain) -> switch (exchange.getRequest().getPath().value()) {
            case "/closed" -> writer.write(exchange, SampleProblem.NO_SUCH_JOURNEY, "Closed by a filter.");
            case "/broken-filter" -> throw new IllegalStateException("secret of the filter");
            default -> chain.filter(exchange);
        };
    }

    @Bean
    Requirement topics() {
        return new Requirement() {
            @Override
            public String name() {
                return "topics";
            }

            @Override
            public Optional<String> missing() {
                return Optional.of("sample-topic");
            }
        };
    }

    @Bean
    ProblemMembers relayMembers() {
        return (exchange, type, detail) ->
                exchange.getRequest().getPath().value().startsWith("/relay")
                        ? Map.of("error", Map.of("code", type.name(), "message", detail))
                        : Map.of();
    }
}

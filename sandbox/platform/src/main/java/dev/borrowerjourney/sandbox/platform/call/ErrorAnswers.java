package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INTERNAL_ERROR;
import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REQUEST;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NOT_FOUND;

import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure in the platform's error shape, those of the framework included. */
@Component
@Order(-2)
public class ErrorAnswers implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final JsonMapper json;
    private final PlatformClock clock;

    ErrorAnswers(JsonMapper json, PlatformClock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return switch (failure) {
            case PlatformException refused ->
                answer(exchange, refused.status(), refused.code(), String.valueOf(refused.getMessage()));
            case ErrorResponse framework -> {
                exchange.getResponse().getHeaders().putAll(framework.getHeaders());
                yield framework(
                        exchange, HttpStatus.valueOf(framework.getStatusCode().value()));
            }
            default -> {
                LOG.error("A call failed", failure);
                yield answer(exchange, HttpStatus.INTERNAL_SERVER_ERROR, INTERNAL_ERROR, "The platform failed.");
            }
        };
    }

    private Mono<Void> framework(ServerWebExchange exchange, HttpStatus status) {
        String code = status == HttpStatus.NOT_FOUND ? NOT_FOUND : INVALID_REQUEST;
        return answer(exchange, status, code, status.getReasonPhrase() + ".");
    }

    private Mono<Void> answer(ServerWebExchange exchange, HttpStatus status, String code, String message) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        Envelope envelope = Envelope.of(CorrelationWebFilter.of(exchange), clock.now(), code, message);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(envelope))));
    }
}

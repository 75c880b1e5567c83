package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REQUEST;

import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Makes the {@link Call} that a handler asks for, from a body of bounded size. */
@Component
class CallResolver implements HandlerMethodArgumentResolver {

    private static final int LARGEST_BODY = 64 * 1024;

    private final JsonMapper json;

    CallResolver(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Call.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), LARGEST_BODY)
                .map(CallResolver::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> new PlatformException(
                                HttpStatus.CONTENT_TOO_LARGE, INVALID_REQUEST, "The body is too large."))
                .map(body -> call(exchange, body));
    }

    private Object call(ServerWebExchange exchange, byte[] body) {
        ServerHttpRequest request = exchange.getRequest();
        if (body.length > 0 && !MediaType.APPLICATION_JSON.isCompatibleWith(contentType(request))) {
            throw new PlatformException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, INVALID_REQUEST, "The body must be application/json.");
        }
        String fingerprint = request.getMethod() + " " + request.getPath().value() + " " + Tokens.hash(body);
        return new Call(
                TokenWebFilter.caller(exchange),
                CorrelationWebFilter.of(exchange),
                request.getHeaders().getFirst("Idempotency-Key"),
                fingerprint,
                Members.read(json, body));
    }

    private static MediaType contentType(ServerHttpRequest request) {
        MediaType type = request.getHeaders().getContentType();
        return type == null ? MediaType.APPLICATION_OCTET_STREAM : type;
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}

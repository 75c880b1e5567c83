package dev.borrowerjourney.defaults.problem;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details as the whole answer; for whoever answers outside controllers, as security does. */
public final class ProblemWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<ProblemMembers> extensions;

    public ProblemWriter(List<ProblemMembers> extensions) {
        this.extensions = List.copyOf(extensions);
    }

    public Mono<Void> write(ServerWebExchange exchange, ProblemType type, String detail) {
        return write(exchange, new ProblemException(type, detail));
    }

    /** Writes the problem with its headers and members, in place of whatever the answer was going to be. */
    public Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        var response = exchange.getResponse();
        response.setStatusCode(problem.type().status());
        var headers = response.getHeaders();
        // What described a body that is not sent must not describe this one.
        headers.remove(HttpHeaders.CONTENT_ENCODING);
        headers.remove(HttpHeaders.ETAG);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        headers.set(CorrelationId.HEADER, CorrelationId.of(exchange));
        problem.headers().forEach((name, values) -> headers.put(name, values));
        byte[] body = JSON.writeValueAsBytes(members(exchange, problem));
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private Map<String, @Nullable Object> members(ServerWebExchange exchange, ProblemException problem) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        var type = problem.type();
        members.put("type", type.uri());
        members.put("title", type.title());
        members.put("status", type.status().value());
        members.put("detail", problem.detail());
        members.put("instance", exchange.getRequest().getPath().value());
        members.put("correlationId", CorrelationId.of(exchange));
        extensions.forEach(extension -> members.putAll(extension.of(exchange, type, problem.detail())));
        members.putAll(problem.members());
        return members;
    }
}

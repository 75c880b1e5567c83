package dev.borrowerjourney.session.testing;

import dev.borrowerjourney.defaults.testing.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Holds every answer that a test gets against the OpenAPI document. */
public final class HttpDescribedAnswers implements ExchangeFilterFunction {

    public static final Path DOCUMENT = Path.of("src/main/openapi/session-service.yaml");
    private static final Pattern TYPE = Pattern.compile("urn:borrower-journey:problem:([a-z-]+)");
    private static final OpenApiDocument DESCRIBED = OpenApiDocument.at(DOCUMENT);
    private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

    /** The types of the problems that were answered so far in this JVM. */
    public static Set<String> seen() {
        return SEEN;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return next.exchange(request).flatMap(answer -> answer.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                // The event loops are those of the service's own calls to the platform.
                .publishOn(Schedulers.boundedElastic())
                .map(body -> {
                    check(request, answer, body);
                    return answer.mutate()
                            .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                            .build();
                }));
    }

    private static void check(ClientRequest request, ClientResponse answer, byte[] body) {
        var headers = new TreeMap<String, List<String>>();
        answer.headers().asHttpHeaders().forEach(headers::put);
        var status = answer.statusCode().value();
        var path = request.url().getRawPath();
        Assertions.assertThat(DESCRIBED.faults(request.method().name(), path, status, Map.copyOf(headers), body))
                .as("%s %s answered %s", request.method(), path, status)
                .isEmpty();
        if (MediaType.APPLICATION_PROBLEM_JSON.equals(
                answer.headers().contentType().orElse(MediaType.ALL))) {
            TYPE.matcher(new String(body, StandardCharsets.UTF_8)).results().forEach(type -> SEEN.add(type.group(1)));
        }
    }
}

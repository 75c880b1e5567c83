package dev.borrowerjourney.session.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
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
    private static final String RELAY = "/api/v1/headless";
    private static final Pattern OURS = Pattern.compile("/v1/(sessions|journeys)(/.*)?|" + RELAY + "/.*");
    private static final Pattern TYPE = Pattern.compile("urn:borrower-journey:problem:([a-z-]+)");
    private static final Set<Integer> NOWHERE = Set.of(400, 401, 404, 405);
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(read())
                    // The schemas are open, and parts of an allOf know each other's members only so.
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                            .build())
                    .build();
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

    /** What is wrong with an answer; empty if nothing. */
    static String wrong(String path, String method, int status, SimpleResponse answer) {
        var known =
                Arrays.stream(Method.values()).anyMatch(value -> value.name().equals(method));
        if (!OURS.matcher(path).matches() || !known || method.equals("OPTIONS")) {
            return "";
        }
        var described = path.startsWith(RELAY) ? RELAY + "/path" : path;
        var report = VALIDATOR.validateResponse(described, Method.valueOf(method), answer);
        var nowhere = report.getMessages().stream()
                .anyMatch(message -> message.getKey().startsWith("validation.request.path.missing")
                        || message.getKey().startsWith("validation.request.operation.notAllowed"));
        return !report.hasErrors() || (nowhere && NOWHERE.contains(status))
                ? ""
                : report.getMessages().toString();
    }

    private static void check(ClientRequest request, ClientResponse answer, byte[] body) {
        var simple = SimpleResponse.Builder.status(answer.statusCode().value());
        if (body.length > 0) {
            simple.withBody(body);
        }
        answer.headers().asHttpHeaders().forEach((name, values) -> simple.withHeader(name, values));
        var status = answer.statusCode().value();
        var path = request.url().getRawPath();
        Assertions.assertThat(wrong(path, request.method().name(), status, simple.build()))
                .as("%s %s answered %s", request.method(), path, status)
                .isEmpty();
        if (MediaType.APPLICATION_PROBLEM_JSON.equals(
                answer.headers().contentType().orElse(MediaType.ALL))) {
            TYPE.matcher(new String(body, StandardCharsets.UTF_8)).results().forEach(type -> SEEN.add(type.group(1)));
        }
    }

    private static String read() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

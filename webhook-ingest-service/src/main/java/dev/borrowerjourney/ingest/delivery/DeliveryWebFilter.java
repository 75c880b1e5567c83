package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.ingest.delivery.DeliveryHeaders.Read;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponed;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Published;
import dev.borrowerjourney.ingest.delivery.Receipt.Quarantined;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.delivery.Receipt.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Where the platform delivers. The order of the checks is part of the contract. A filter and not a controller: mapping,
 * invoking and converting cost more than verifying does.
 */
final class DeliveryWebFilter implements WebFilter, Ordered {

    static final String PATH = "/webhooks/journey-snapshots";

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

    private final DeliveryReceiver receiver;
    private final IngestProperties.Webhook settings;
    private final HeaderReader headerReader;
    private final Bodies bodies;
    private final InFlight inFlight;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    DeliveryWebFilter(
            DeliveryReceiver receiver,
            IngestProperties settings,
            InFlight inFlight,
            Deadlines deadlines,
            DeliveryMetrics metrics,
            Clock clock) {
        this.receiver = receiver;
        this.settings = settings.webhook();
        this.headerReader = new HeaderReader(this.settings.headers(), this.settings.signature());
        this.bodies = new Bodies(this.settings, deadlines);
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Behind the filter that settles the correlation id. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (!request.getPath().pathWithinApplication().value().equals(PATH)) {
            return chain.filter(exchange);
        }
        if (!request.getMethod().equals(HttpMethod.POST)) {
            return Mono.error(new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.POST)));
        }
        return isJson(request.getHeaders()) ? receive(exchange) : Mono.error(notJson(request.getHeaders()));
    }

    private Mono<Void> receive(ServerWebExchange exchange) {
        var arrived = clock.instant();
        var headers = headerReader.read(exchange.getRequest().getHeaders()::getOrEmpty);
        var share = inFlight.share();
        return receipt(exchange, headers, share, arrived)
                .onErrorResume(Bodies.Stopped.class, stopped -> Mono.just(stopped.receipt()))
                .doFinally(_ -> share.giveBack())
                .flatMap(receipt -> {
                    metrics.answered(headers.claimed(), receipt, Duration.between(arrived, clock.instant()));
                    return answer(receipt, exchange.getResponse());
                });
    }

    private Mono<Void> answer(Receipt receipt, ServerHttpResponse response) {
        return switch (receipt) {
            case Published() -> accepted(response);
            case Quarantined _ -> accepted(response);
            case Refused(var refusal, var detail) -> Mono.error(new ProblemException(HttpProblem.of(refusal), detail));
            case Postponed(var postponement) ->
                Mono.error(new ProblemException(HttpProblem.of(postponement), "Deliver it again later.")
                        .retryAfter(settings.retryAfter()));
        };
    }

    private static Mono<Void> accepted(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.ACCEPTED);
        return response.setComplete();
    }

    /** What cannot be verified is not held: its body only passes by, so that its size is refused before its headers. */
    private Mono<Receipt> receipt(ServerWebExchange exchange, Read headers, InFlight.Share share, Instant arrived) {
        var request = exchange.getRequest();
        if (bodies.tooLarge(request.getHeaders().getContentLength())) {
            return Mono.just(Refused.of(Refusal.BODY_TOO_LARGE));
        }
        return switch (headers) {
            case Read.Misshapen misshapen ->
                bodies.measured(request.getBody())
                        .thenReturn(new Refused(Refusal.MALFORMED_HEADERS, misshapen.detail()));
            case Read.Shapely(var shapely)
            when !receiver.knows(shapely.applicationId()) ->
                bodies.measured(request.getBody()).thenReturn(Refused.of(Refusal.UNKNOWN_APPLICATION));
            case Read.Shapely(var shapely) ->
                bodies.held(request.getBody(), share)
                        .flatMap(body -> share.enter()
                                ? receiver.receive(
                                        new Delivery(shapely, body, arrived, origin(exchange)), patience(arrived))
                                : Mono.just(new Postponed(Postponement.TOO_BUSY)));
        };
    }

    private Duration patience(Instant arrived) {
        var left = settings.deadline().minus(Duration.between(arrived, clock.instant()));
        return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
    }

    private static Origin origin(ServerWebExchange exchange) {
        return new Origin(CorrelationId.of(exchange), Trace.traceparent(exchange));
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            return MediaType.APPLICATION_JSON.includes(headers.getContentType());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static UnsupportedMediaTypeStatusException notJson(HttpHeaders headers) {
        try {
            return new UnsupportedMediaTypeStatusException(
                    headers.getContentType(), List.of(MediaType.APPLICATION_JSON));
        } catch (InvalidMediaTypeException e) {
            return new UnsupportedMediaTypeStatusException("not a media type", List.of(MediaType.APPLICATION_JSON));
        }
    }
}

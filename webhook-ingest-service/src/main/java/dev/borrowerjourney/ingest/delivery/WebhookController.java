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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where the platform delivers. The order of the checks is part of the contract; the framework did the first three. */
@RestController
final class WebhookController {

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

    private final DeliveryReceiver receiver;
    private final IngestProperties.Webhook settings;
    private final HeaderReader headerReader;
    private final Bodies bodies;
    private final InFlight inFlight;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    WebhookController(
            DeliveryReceiver receiver,
            IngestProperties settings,
            InFlight inFlight,
            DeliveryMetrics metrics,
            Clock clock) {
        this.receiver = receiver;
        this.settings = settings.webhook();
        this.headerReader = new HeaderReader(this.settings.headers(), this.settings.signature());
        this.bodies = new Bodies(this.settings);
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.clock = clock;
    }

    @PostMapping(path = "/webhooks/journey-snapshots", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> receive(ServerWebExchange exchange) {
        var arrived = clock.instant();
        var headers = headerReader.read(exchange.getRequest().getHeaders()::getOrEmpty);
        var share = inFlight.share();
        return receipt(exchange, headers, share, arrived)
                .onErrorResume(Bodies.Stopped.class, stopped -> Mono.just(stopped.receipt()))
                .doFinally(_ -> share.giveBack())
                .map(receipt -> {
                    metrics.answered(headers.claimed(), receipt, Duration.between(arrived, clock.instant()));
                    return answer(receipt);
                });
    }

    private ResponseEntity<Void> answer(Receipt receipt) {
        return switch (receipt) {
            case Published() -> ResponseEntity.accepted().build();
            case Quarantined _ -> ResponseEntity.accepted().build();
            case Refused(var refusal, var detail) -> throw new ProblemException(HttpProblem.of(refusal), detail);
            case Postponed(var postponement) ->
                throw new ProblemException(HttpProblem.of(postponement), "Deliver it again later.")
                        .retryAfter(settings.retryAfter());
        };
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
}

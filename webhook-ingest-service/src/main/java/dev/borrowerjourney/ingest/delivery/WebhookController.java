package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponed;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Published;
import dev.borrowerjourney.ingest.delivery.Receipt.Quarantined;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.delivery.Receipt.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
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
    private final InFlightBytes inFlight;
    private final DeliveryMetrics metrics;
    private final Clock clock;

    WebhookController(
            DeliveryReceiver receiver,
            IngestProperties settings,
            InFlightBytes inFlight,
            DeliveryMetrics metrics,
            Clock clock) {
        this.receiver = receiver;
        this.settings = settings.webhook();
        this.headerReader = new HeaderReader(this.settings.headers(), this.settings.signature());
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.clock = clock;
    }

    @PostMapping(path = "/webhooks/journey-snapshots", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> receive(ServerWebExchange exchange) {
        var arrived = clock.instant();
        return receipt(exchange, arrived).map(receipt -> {
            metrics.answered(applicationId(exchange), receipt, Duration.between(arrived, clock.instant()));
            return switch (receipt) {
                case Published() -> ResponseEntity.accepted().build();
                case Quarantined _ -> ResponseEntity.accepted().build();
                case Refused(var refusal, var detail) -> throw new ProblemException(HttpProblem.of(refusal), detail);
                case Postponed(var postponement) ->
                    throw new ProblemException(HttpProblem.of(postponement), "Deliver it again later.")
                            .retryAfter(settings.retryAfter());
            };
        });
    }

    private Mono<Receipt> receipt(ServerWebExchange exchange, Instant arrived) {
        var request = exchange.getRequest();
        long declared = request.getHeaders().getContentLength();
        if (declared > settings.largestBody().toBytes()) {
            return Mono.just(Refused.of(Refusal.BODY_TOO_LARGE));
        }
        // A body sent in chunks may become as large as any, so it takes that much room.
        long room = declared < 0 ? settings.largestBody().toBytes() : declared;
        if (!inFlight.reserve(room)) {
            return Mono.just(new Postponed(Postponement.TOO_BUSY));
        }
        return body(request)
                .flatMap(body -> receive(exchange, body, arrived))
                .onErrorResume(DataBufferLimitException.class, _ -> Mono.just(Refused.of(Refusal.BODY_TOO_LARGE)))
                .onErrorResume(TimeoutException.class, _ -> Mono.just(Refused.of(Refusal.BODY_TOO_SLOW)))
                .doFinally(_ -> inFlight.release(room));
    }

    private Mono<Receipt> receive(ServerWebExchange exchange, byte[] body, Instant arrived) {
        var headers = exchange.getRequest().getHeaders();
        return switch (headerReader.read(headers::getOrEmpty)) {
            case DeliveryHeaders.Read.Misshapen misshapen ->
                Mono.just(new Refused(Refusal.MALFORMED_HEADERS, misshapen.detail()));
            case DeliveryHeaders.Read.Shapely(var shapely) ->
                receiver.receive(new Delivery(shapely, body, arrived, origin(exchange)), patience(arrived));
        };
    }

    private Mono<byte[]> body(ServerHttpRequest request) {
        int most = Math.toIntExact(settings.largestBody().toBytes());
        return DataBufferUtils.join(request.getBody(), most)
                .timeout(settings.bodyTimeout())
                .map(WebhookController::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private Duration patience(Instant arrived) {
        var left = settings.deadline().minus(Duration.between(arrived, clock.instant()));
        return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static Origin origin(ServerWebExchange exchange) {
        return new Origin(CorrelationId.of(exchange), Trace.traceparent(exchange));
    }

    /** For counting only: what the headers claim, whether or not it is true. */
    private @Nullable UUID applicationId(ServerWebExchange exchange) {
        var claimed =
                exchange.getRequest().getHeaders().getFirst(settings.headers().applicationId());
        try {
            return claimed == null ? null : UUID.fromString(claimed);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

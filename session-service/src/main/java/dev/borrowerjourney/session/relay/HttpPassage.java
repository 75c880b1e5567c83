package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.JsonNode;

/** Whose call an exchange is and when it went out, so that its answer can be told as an observation. */
record HttpPassage(UUID platformSessionId, long sentAt) {

    private static final int SUCCESS = 2;
    private static final String ATTRIBUTE = HttpPassage.class.getName();

    /** Notes that a call goes out now, and that its borrower is there. */
    static void begin(ServerWebExchange exchange, UUID platformSessionId, Observations observations) {
        observations.called(platformSessionId);
        exchange.getAttributes().put(ATTRIBUTE, new HttpPassage(platformSessionId, System.nanoTime()));
    }

    /** Tells that a call has been answered which may have changed something. */
    static void end(ServerWebExchange exchange, Observations observations) {
        var status = exchange.getResponse().getStatusCode();
        if (status != null
                && status.is2xxSuccessful()
                && !HttpRelayRequest.reads(exchange.getRequest())
                && exchange.getAttribute(ATTRIBUTE) instanceof HttpPassage passage) {
            observations.acted(passage.platformSessionId());
        }
    }

    /** Tells what an answer says of journeys. */
    static void tell(ServerWebExchange exchange, JsonNode answer, Observations observations) {
        var status = exchange.getResponse().getStatusCode();
        if (status != null && exchange.getAttribute(ATTRIBUTE) instanceof HttpPassage passage) {
            passage.tell(status.value(), answer, CorrelationId.of(exchange), Trace.traceparent(exchange), observations);
        }
    }

    /** Tells what an answer says of journeys. */
    void tell(int status, JsonNode answer, String correlationId, String traceparent, Observations observations) {
        if (status / 100 != SUCCESS) {
            return;
        }
        var roundTrip = Duration.ofNanos(System.nanoTime() - sentAt);
        var journeys = ToldJourney.in(answer, roundTrip, Instant.now());
        if (!journeys.isEmpty()) {
            observations.told(platformSessionId, journeys, correlationId, traceparent);
        }
    }
}

package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.notifier.stream.StreamEvent.Closing;
import dev.borrowerjourney.notifier.stream.StreamEvent.Heartbeat;
import dev.borrowerjourney.notifier.stream.StreamEvent.JourneyShown;
import dev.borrowerjourney.notifier.stream.StreamEvent.Ready;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

@RestController
class StreamController {

    private final Streams streams;
    private final JsonMapper json;

    StreamController(Streams streams, JsonMapper json) {
        this.streams = streams;
        this.json = json;
    }

    @GetMapping(path = "/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<String>>> stream(@AuthenticationPrincipal Borrower borrower) {
        return switch (streams.open(borrower)) {
            case Opening.Opened(var connection) ->
                ResponseEntity.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        // Proxies that buffer would hold a change back.
                        .header("X-Accel-Buffering", "no")
                        .body(streams.events(connection).map(this::written));
            case Opening.Refused(var reason, var retryAfter) ->
                throw problem(reason).retryAfter(retryAfter);
        };
    }

    private static ProblemException problem(Opening.Reason reason) {
        return switch (reason) {
            case LIMIT ->
                HttpProblem.STREAM_LIMIT.because("Close a stream before opening another, or come back later.");
            case DRAINING -> HttpProblem.DRAINING.because("Connect again to reach another instance.");
        };
    }

    private ServerSentEvent<String> written(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Opened(var reconnectAfter) ->
                ServerSentEvent.<String>builder()
                        .comment("connected")
                        .retry(reconnectAfter)
                        .build();
            case JourneyShown(var update) ->
                ServerSentEvent.<String>builder()
                        .event("journey")
                        .id(update.journeyId() + ":" + update.version())
                        .data(update.json())
                        .build();
            case Ready() ->
                ServerSentEvent.<String>builder().event("ready").data("{}").build();
            case Heartbeat() ->
                ServerSentEvent.<String>builder().comment("heartbeat").build();
            case Closing(var reason, var reconnectAfter) ->
                ServerSentEvent.<String>builder()
                        .event("closing")
                        .data(json.writeValueAsString(new Goodbye(reason, reconnectAfter.toMillis())))
                        .build();
        };
    }

    private record Goodbye(CloseReason reason, long reconnectAfterMillis) {}
}

package dev.borrowerjourney.notifier.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class StreamController {

    private final Streams streams;
    private final EventText text;

    StreamController(Streams streams, EventText text) {
        this.streams = streams;
        this.text = text;
    }

    // Straight to the response: with a type of Spring's for events in between, each would pass a dozen operators more.
    @GetMapping(path = HttpStreamHandler.PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(@AuthenticationPrincipal Borrower borrower, ServerHttpResponse response) {
        return switch (streams.open(borrower)) {
            case Opening.Opened(var connection) -> {
                response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
                // Proxies that buffer would hold a change back.
                response.getHeaders().set("X-Accel-Buffering", "no");
                var buffers = response.bufferFactory();
                HttpStreamAnswer.in(response)
                        .with(streams.events(connection)
                                .map(event ->
                                        Mono.just(buffers.wrap(text.of(event).getBytes(UTF_8)))));
                yield Mono.empty();
            }
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
}

package dev.borrowerjourney.defaults.sample;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
class SampleController {

    record Seen(String thread, Optional<String> correlationId, Optional<String> traceparent) {

        static Seen here() {
            var thread = Thread.currentThread();
            return new Seen(thread.isVirtual() ? "virtual" : "platform", CorrelationId.current(), Trace.traceparent());
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SampleController.class);

    @GetMapping("/blocking")
    Seen blocking() {
        log.info("blocking sk_test_123");
        return Seen.here();
    }

    @GetMapping("/reactive")
    Mono<Seen> reactive() {
        return Mono.delay(Duration.ofMillis(1)).publishOn(Schedulers.parallel()).map(_ -> {
            log.info("reactive mail@example.com");
            return Seen.here();
        });
    }

    @GetMapping("/journeys/{journeyId}")
    Mono<String> journey(@PathVariable("journeyId") String journeyId) {
        return Mono.error(new ProblemException(SampleProblem.NO_SUCH_JOURNEY, "Ask for one of your journeys.")
                .member("hint", null));
    }

    @GetMapping("/busy")
    String busy() {
        throw new ProblemException(SampleProblem.LOG_UNREACHABLE, "Try again later.")
                .retryAfter(Duration.ofMillis(1500));
    }

    @GetMapping({"/broken", "/relay/broken"})
    String broken() {
        throw new IllegalStateException("password is sk_live_456");
    }

    @GetMapping("/number")
    int number(@RequestParam("n") int n) {
        return n;
    }

    @PostMapping(path = "/body", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> body(@RequestBody Map<String, Object> body) {
        return body;
    }

    @GetMapping("/half")
    Flux<String> half() {
        return Flux.just("first").concatWith(Flux.error(new IllegalStateException("too late")));
    }
}

package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.problem.HttpProblem;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Says to the app what went wrong on the way to the platform. */
final class HttpUpstreamFailures {

    private HttpUpstreamFailures() {}

    static Throwable problem(Throwable failure) {
        return switch (failure) {
            case ConnectException _, UnknownHostException _ ->
                HttpProblem.PLATFORM_UNREACHABLE.because("The platform cannot be reached.");
            // The pool's own exceptions are of a shaded package, which is nobody's to import.
            case Exception e when e.getClass().getSimpleName().startsWith("PoolAcquire") -> busy();
            case ReadTimeoutException _, TimeoutException _ -> timeout();
            case IOException _ ->
                HttpProblem.PLATFORM_FAILED.because(
                        "The connection to the platform broke. Retry with the same Idempotency-Key.");
            case ResponseStatusException e when HttpStatus.GATEWAY_TIMEOUT.equals(e.getStatusCode()) -> timeout();
            default -> failure;
        };
    }

    private static Throwable busy() {
        return HttpProblem.PLATFORM_BUSY
                .because("Too many calls to the platform are under way.")
                .retryAfter(Duration.ofSeconds(1));
    }

    private static Throwable timeout() {
        return HttpProblem.PLATFORM_TIMEOUT.because(
                "The platform did not answer in time. Retry with the same Idempotency-Key.");
    }
}

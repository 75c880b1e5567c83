package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.relay.Patience.Late;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** Says to the app what went wrong on the way to the platform. */
final class HttpUpstreamFailures {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String UNDER_WAY = "Too many calls to the platform are under way.";

    private HttpUpstreamFailures() {}

    static Throwable problem(Throwable failure) {
        return switch (failure) {
            case ConnectException _, UnknownHostException _ ->
                HttpProblem.PLATFORM_UNREACHABLE.because("The platform cannot be reached.");
            // The pool's own exceptions are of a shaded package, which is nobody's to import.
            case Exception e when e.getClass().getSimpleName().startsWith("PoolAcquire") -> busy();
            case Late late -> timeout(late.fault());
            case IOException _ ->
                HttpProblem.PLATFORM_FAILED.because(
                        "The connection to the platform broke. Retry with the same Idempotency-Key.");
            case Exception e
            when isNonsense(e) -> HttpProblem.PLATFORM_FAILED.because("The platform's answer cannot be read.");
            default -> failure;
        };
    }

    /** The problem in place of an answer whose type does not pass; of a failure its status tells more than its type. */
    static Throwable unfit(ServerHttpResponse answer) {
        var status = answer.getStatusCode();
        if (HttpStatus.TOO_MANY_REQUESTS.equals(status) || HttpStatus.SERVICE_UNAVAILABLE.equals(status)) {
            return HttpProblem.PLATFORM_BUSY
                    .because("The platform asks to be called later.")
                    .retryAfter(retryAfter(answer));
        }
        return status != null && status.is5xxServerError()
                ? HttpProblem.PLATFORM_FAILED.because("The platform failed with status " + status.value() + ".")
                : HttpProblem.ANSWER_TYPE_REFUSED.because("The platform's answer is of a type that is not relayed.");
    }

    private static Duration retryAfter(ServerHttpResponse answer) {
        return Optional.ofNullable(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(SOON);
    }

    private static Throwable busy() {
        return HttpProblem.PLATFORM_BUSY.because(UNDER_WAY).retryAfter(SOON);
    }

    private static Throwable timeout(Fault fault) {
        var detail = fault == Fault.LATE_FIRST_BYTE
                ? "The platform did not answer in time. Retry with the same Idempotency-Key."
                : "The platform's answer did not come to its end in time. Retry with the same Idempotency-Key.";
        return HttpProblem.PLATFORM_TIMEOUT.because(detail);
    }

    /** What a failure on the way says of the platform; nothing if it is our own. */
    static Optional<Fault> fault(Throwable failure) {
        return switch (failure) {
            case ConnectException _, UnknownHostException _ -> Optional.of(Fault.UNREACHABLE);
            case Late late -> Optional.of(late.fault());
            case IOException _ -> Optional.of(Fault.BROKEN);
            case Exception e when isNonsense(e) -> Optional.of(Fault.BROKEN);
            default -> Optional.empty();
        };
    }

    /** What is no HTTP; the codec says so by exceptions of its own, or by those for wrong arguments. */
    private static boolean isNonsense(Exception failure) {
        return failure instanceof CodecException
                || (failure instanceof IllegalArgumentException
                        && failure.getStackTrace().length > 0
                        && failure.getStackTrace()[0].getClassName().startsWith("io.netty."));
    }

    /** Why a call is not sent on. */
    static ProblemException withheld(Admission.Withheld withheld) {
        var problem =
                switch (withheld.reason()) {
                    case BORROWER_RATE ->
                        new ProblemException(CommonProblem.TOO_MANY_REQUESTS, "Too many calls of this borrower.");
                    case BORROWER_FULL ->
                        new ProblemException(
                                CommonProblem.TOO_MANY_REQUESTS, "Too many calls of this borrower are under way.");
                    case RATE -> new ProblemException(CommonProblem.TOO_MANY_REQUESTS, "Too many calls altogether.");
                    case FULL -> HttpProblem.PLATFORM_BUSY.because(UNDER_WAY);
                    case CIRCUIT ->
                        HttpProblem.PLATFORM_UNAVAILABLE.because(
                                "The platform has been failing, and is left alone for a moment.");
                };
        return problem.retryAfter(withheld.retryAfter());
    }
}

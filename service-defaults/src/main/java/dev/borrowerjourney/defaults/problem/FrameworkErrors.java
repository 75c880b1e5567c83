package dev.borrowerjourney.defaults.problem;

import static org.springframework.http.HttpHeaders.ACCEPT;
import static org.springframework.http.HttpHeaders.ACCEPT_PATCH;
import static org.springframework.http.HttpHeaders.ALLOW;
import static org.springframework.http.HttpHeaders.RETRY_AFTER;

import java.util.List;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;

/** Turns what the framework throws into problems. Only its status is taken: its messages may quote the request. */
final class FrameworkErrors {

    private static final List<String> KEPT_HEADERS = List.of(ALLOW, ACCEPT, ACCEPT_PATCH, RETRY_AFTER);

    private FrameworkErrors() {}

    static ProblemException problem(Throwable error) {
        return switch (error) {
            case ProblemException problem -> problem;
            case ErrorResponse response -> problem(response.getStatusCode(), response.getHeaders());
            case DataBufferLimitException _ -> problem(CommonProblem.BODY_TOO_LARGE);
            default -> problem(CommonProblem.INTERNAL_ERROR);
        };
    }

    private static ProblemException problem(HttpStatusCode status, HttpHeaders headers) {
        var problem = problem(type(status));
        for (String name : KEPT_HEADERS) {
            var value = headers.getFirst(name);
            if (value != null) {
                problem.header(name, String.join(", ", headers.getOrEmpty(name)));
            }
        }
        return problem;
    }

    private static ProblemException problem(CommonProblem type) {
        return new ProblemException(type, detail(type));
    }

    private static CommonProblem type(HttpStatusCode status) {
        for (CommonProblem candidate : CommonProblem.values()) {
            if (candidate.status().isSameCodeAs(status)) {
                return candidate;
            }
        }
        // 408, 410, 414 and the like are thrown by nothing here; a caller's fault stays a caller's fault.
        return status.is4xxClientError() ? CommonProblem.MALFORMED_REQUEST : CommonProblem.INTERNAL_ERROR;
    }

    private static String detail(CommonProblem type) {
        return switch (type) {
            case MALFORMED_REQUEST -> "A header, a parameter or the body is missing or cannot be read.";
            case UNAUTHENTICATED -> "Send valid credentials.";
            case FORBIDDEN -> "These credentials do not allow it.";
            case NOT_FOUND -> "Check the path.";
            case METHOD_NOT_ALLOWED -> "Use one of the methods in the Allow header.";
            case NOT_ACCEPTABLE -> "Accept one of the types that the documentation names.";
            case CONFLICT -> "Read the current state and try again.";
            case BODY_TOO_LARGE -> "Send a smaller body.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send one of the content types that the documentation names.";
            case UNPROCESSABLE_REQUEST -> "Correct the request before sending it again.";
            case TOO_MANY_REQUESTS -> "Send fewer requests.";
            case INTERNAL_ERROR -> "Report the correlation id if it happens again.";
            case UPSTREAM_FAILED, UPSTREAM_TIMED_OUT, UNAVAILABLE -> "Try again later.";
        };
    }
}

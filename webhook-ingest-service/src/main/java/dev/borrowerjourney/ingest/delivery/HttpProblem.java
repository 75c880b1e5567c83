package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.problem.ProblemType;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import org.springframework.http.HttpStatus;

/** The problems a sender may be answered with, beside those of every service. */
enum HttpProblem implements ProblemType {
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
    MALFORMED_HEADERS(HttpStatus.BAD_REQUEST, "A header of the delivery is malformed"),
    NOT_AUTHENTIC(HttpStatus.UNAUTHORIZED, "The delivery is not authentic"),
    HEADERS_DISAGREE(HttpStatus.UNAUTHORIZED, "Headers and body disagree"),
    NOT_FRESH(HttpStatus.UNAUTHORIZED, "The delivery is not fresh"),
    TOO_BUSY(HttpStatus.TOO_MANY_REQUESTS, "Too many deliveries at once"),
    LOG_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The delivery cannot be kept now");

    private final HttpStatus status;
    private final String title;

    HttpProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    static HttpProblem of(Refusal refusal) {
        return switch (refusal) {
            case BODY_TOO_LARGE -> BODY_TOO_LARGE;
            case BODY_TOO_SLOW -> BODY_TOO_SLOW;
            case MALFORMED_HEADERS -> MALFORMED_HEADERS;
            case UNKNOWN_APPLICATION, FORGED, FOREIGN_BODY -> NOT_AUTHENTIC;
            case HEADERS_DISAGREE -> HEADERS_DISAGREE;
            case NOT_FRESH -> NOT_FRESH;
        };
    }

    static HttpProblem of(Postponement postponement) {
        return switch (postponement) {
            case TOO_BUSY -> TOO_BUSY;
            case LOG_TOO_SLOW, LOG_UNAVAILABLE -> LOG_UNAVAILABLE;
        };
    }
}

package dev.borrowerjourney.defaults.problem;

import org.springframework.http.HttpStatus;

/** The problems that any service may answer with. */
public enum CommonProblem implements ProblemType {
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request is malformed"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "The request is not authenticated"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The request is not allowed"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
    CONFLICT(HttpStatus.CONFLICT, "The request conflicts with the current state"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type is not supported"),
    UNPROCESSABLE_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request cannot be carried out as it stands"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    UPSTREAM_FAILED(HttpStatus.BAD_GATEWAY, "A service behind this one failed"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot answer now"),
    UPSTREAM_TIMED_OUT(HttpStatus.GATEWAY_TIMEOUT, "A service behind this one did not answer in time");

    private final HttpStatus status;
    private final String title;

    CommonProblem(HttpStatus status, String title) {
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
}

package dev.borrowerjourney.session.problem;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.defaults.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of this service; the README's table is checked against it. */
public enum HttpProblem implements ProblemType {
    /** No token, or one that nobody we trust issued, or one that has expired or was ended. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "The request is not authenticated"),
    /** The partner token names no application, or one that is not served here. */
    APPLICATION_UNKNOWN(HttpStatus.UNAUTHORIZED, "Application unknown"),
    /** The borrower's id is itself personal data, or empty, or too long. */
    BORROWER_ID_UNFIT(HttpStatus.FORBIDDEN, "Borrower id not usable"),
    /** The partner's keys could not be read, so no token can be checked. */
    IDENTITY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Identity provider unavailable"),
    IDEMPOTENCY_KEY_REQUIRED(HttpStatus.BAD_REQUEST, "Idempotency-Key required"),
    IDEMPOTENCY_KEY_INVALID(HttpStatus.BAD_REQUEST, "Idempotency-Key not usable"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "Idempotency-Key used for another request"),
    /** The first request with this key is still running. */
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT, "Request still running"),
    BODY_UNREADABLE(HttpStatus.BAD_REQUEST, "Body not readable"),
    PARAMETER_INVALID(HttpStatus.BAD_REQUEST, "Parameter not usable"),
    SESSION_UNKNOWN(HttpStatus.NOT_FOUND, "Session unknown"),
    /** A replay of a request whose session has been ended since. */
    SESSION_ENDED(HttpStatus.CONFLICT, "Session ended"),
    JOURNEY_UNKNOWN(HttpStatus.NOT_FOUND, "Journey unknown"),
    /** Endpoints that need the API key are not relayed. */
    NOT_RELAYED(HttpStatus.FORBIDDEN, "Not relayed"),
    /** Another renewal of this borrower's platform session took too long. */
    RENEWAL_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Renewal under way"),
    /** The platform refused the call for a reason that lies in the call. */
    PLATFORM_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "Refused by the platform"),
    /** The platform says that the call conflicts with the state of the journey. */
    PLATFORM_CONFLICT(HttpStatus.CONFLICT, "In conflict at the platform"),
    PLATFORM_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Platform busy"),
    /** The platform has been failing, so that it is not called for a moment. */
    PLATFORM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Platform unavailable"),
    /** The platform failed, refused our API key, or answered what nobody can read. */
    PLATFORM_FAILED(HttpStatus.BAD_GATEWAY, "Platform failed"),
    /** An answer that is too large to be looked through. */
    ANSWER_TOO_LARGE(HttpStatus.BAD_GATEWAY, "Answer too large"),
    /** An answer of a type that is neither looked through nor passed as it is. */
    ANSWER_TYPE_REFUSED(HttpStatus.BAD_GATEWAY, "Type of answer not relayed"),
    PLATFORM_UNREACHABLE(HttpStatus.BAD_GATEWAY, "Platform unreachable"),
    PLATFORM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Platform too slow"),
    /** The database is slow or away; what can do without it goes on. */
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Database unavailable");

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

    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}

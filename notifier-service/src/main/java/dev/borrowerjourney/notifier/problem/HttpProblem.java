package dev.borrowerjourney.notifier.problem;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.defaults.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The table of problems; the README's is checked against it. */
public enum HttpProblem implements ProblemType {
    /** No token or ticket, or one that nobody we trust issued, or one that has ended. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Not authenticated"),
    /** The partner token names no application, or one that is not served here. */
    APPLICATION_UNKNOWN(HttpStatus.UNAUTHORIZED, "Application unknown"),
    /** The borrower's id is itself personal data, or empty, or too long. */
    BORROWER_ID_UNFIT(HttpStatus.FORBIDDEN, "Borrower id not usable"),
    /** A page of an origin that is not allowed asked for a stream. */
    ORIGIN_UNKNOWN(HttpStatus.FORBIDDEN, "Origin unknown"),
    /** The partner's keys could not be read, so no token can be checked. */
    IDENTITY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Identity provider unavailable"),
    /** This borrower, or this instance, has as many streams as are allowed. */
    STREAM_LIMIT(HttpStatus.SERVICE_UNAVAILABLE, "Too many streams"),
    /** This instance stops; another one takes over. */
    DRAINING(HttpStatus.SERVICE_UNAVAILABLE, "Instance stopping"),
    /** The body names no journey and version. */
    BODY_UNREADABLE(HttpStatus.BAD_REQUEST, "Body not readable"),
    /** The borrower has no such journey, or it has not reached that version. */
    JOURNEY_UNKNOWN(HttpStatus.NOT_FOUND, "Journey unknown"),
    /** The borrower has no such device. */
    DEVICE_UNKNOWN(HttpStatus.NOT_FOUND, "Device unknown"),
    /** The device's id, address, language or time zone cannot be used. */
    DEVICE_UNFIT(HttpStatus.UNPROCESSABLE_CONTENT, "Device not usable"),
    /** There are no credentials for the channel. */
    CHANNEL_OFF(HttpStatus.UNPROCESSABLE_CONTENT, "Channel off"),
    /** The subscription was made with a key of ours that is not mounted any more. */
    SERVER_KEY_UNKNOWN(HttpStatus.UNPROCESSABLE_CONTENT, "Server key unknown"),
    /** A channel, kind, time or time zone that there is not. */
    PREFERENCES_UNFIT(HttpStatus.UNPROCESSABLE_CONTENT, "Preferences not usable"),
    /** The database does not answer. */
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

package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REQUEST;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NOT_FOUND;
import static dev.borrowerjourney.sandbox.platform.Assumptions.WRONG_STATE;

import org.springframework.http.HttpStatus;

/** A call that the platform refuses. The message goes to the caller and repeats no value of the request. */
public class PlatformException extends RuntimeException {

    private final HttpStatus status;
    private final String code;

    public PlatformException(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static PlatformException invalid(String message) {
        return new PlatformException(HttpStatus.BAD_REQUEST, INVALID_REQUEST, message);
    }

    public static PlatformException unauthorized(String code, String message) {
        return new PlatformException(HttpStatus.UNAUTHORIZED, code, message);
    }

    public static PlatformException notFound(String what) {
        return new PlatformException(HttpStatus.NOT_FOUND, NOT_FOUND, "There is no such " + what + ".");
    }

    public static PlatformException wrongState(String message) {
        return new PlatformException(HttpStatus.CONFLICT, WRONG_STATE, message);
    }

    public HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}

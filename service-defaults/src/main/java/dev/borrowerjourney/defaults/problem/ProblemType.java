package dev.borrowerjourney.defaults.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** One kind of error a caller can act on; implemented by an enum per service, which is its table of problems. */
public interface ProblemType {

    /** The enum constant, whose kebab form is the last part of the type's URI. */
    String name();

    HttpStatus status();

    /** The same for every occurrence. */
    String title();

    default URI uri() {
        return URI.create("urn:borrower-journey:problem:"
                + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}

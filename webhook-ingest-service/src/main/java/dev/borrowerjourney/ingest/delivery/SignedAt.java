package dev.borrowerjourney.ingest.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the timestamp of a signature. Its unit is not documented, so three are told apart by their shape. */
final class SignedAt {

    /** Ten digits last from 2001 to 2286 as seconds, thirteen as milliseconds. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,11}");

    private static final Pattern MILLIS = Pattern.compile("[0-9]{12,14}");

    private SignedAt() {}

    static Optional<Instant> read(String timestamp) {
        if (SECONDS.matcher(timestamp).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)));
        }
        if (MILLIS.matcher(timestamp).matches()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(timestamp)));
        }
        try {
            return Optional.of(Instant.parse(timestamp)).filter(SignedAt::plausible);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Keeps what is read within what a record can hold. */
    private static boolean plausible(Instant instant) {
        return instant.getEpochSecond() >= 0 && instant.getEpochSecond() < 100_000_000_000L;
    }
}

package dev.borrowerjourney.sandbox.platform.call;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shape of every headless answer. */
public record Envelope(
        String requestID,
        @Nullable String correlationID,
        Instant timestamp,
        @Nullable Object data,
        @Nullable Failure error) {

    /** What went wrong; the code is for programs, the message for people. */
    public record Failure(String code, String message) {}

    static Envelope of(@Nullable String correlation, Instant at, Object data) {
        return new Envelope(UUID.randomUUID().toString(), correlation, at, data, null);
    }

    static Envelope of(@Nullable String correlation, Instant at, String code, String message) {
        return new Envelope(UUID.randomUUID().toString(), correlation, at, null, new Failure(code, message));
    }
}

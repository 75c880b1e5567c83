package dev.borrowerjourney.notifier.push;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a push. */
public sealed interface PushOutcome {

    /**
     * The push service has it.
     *
     * @param providerId what the service calls it, or null if it told nothing
     */
    record Accepted(@Nullable String providerId) implements PushOutcome {}

    /** The push service does not know the device any more. */
    record Gone() implements PushOutcome {}

    /** The same push will never be taken. */
    record Refused(Reason reason) implements PushOutcome {}

    /**
     * Another try may succeed.
     *
     * @param retryAfter what the service asked for, or null if it asked for nothing
     */
    record Later(@Nullable Duration retryAfter, Reason reason) implements PushOutcome {}

    /** Why a push was not taken; nothing of an answer's own text goes further than to these. */
    enum Reason {
        /** There are no credentials for this channel. */
        CHANNEL_OFF,
        /** The subscription was made with a key of ours that is not mounted any more. */
        KEY_UNKNOWN,
        /** The push service refuses our credentials. */
        CREDENTIALS_REFUSED,
        /** The address is none that the push service takes. */
        ADDRESS_REFUSED,
        /** The push service calls the push itself wrong. */
        PUSH_REFUSED,
        /** Too many pushes to this device or of this sender. */
        RATE_LIMITED,
        /** The push service fails, or answers what no push service answers. */
        PROVIDER_FAILED,
        /** No answer in time, or the connection was cut: the push may have arrived. */
        NO_ANSWER,
        /** Nothing was sent: the push service failed lately. */
        CIRCUIT_OPEN
    }
}

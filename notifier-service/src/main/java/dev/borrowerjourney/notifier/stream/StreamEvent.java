package dev.borrowerjourney.notifier.stream;

import java.time.Duration;

/** What is written to a connection. */
sealed interface StreamEvent {

    /**
     * The first thing on a connection.
     *
     * @param reconnectAfter how long a client waits that lost the connection without a word
     */
    record Opened(Duration reconnectAfter) implements StreamEvent {}

    record JourneyShown(Update update) implements StreamEvent {}

    /** All journeys were shown in their present state. */
    record Ready() implements StreamEvent {}

    record Heartbeat() implements StreamEvent {}

    /** The last thing on a connection that this service ends. */
    record Closing(CloseReason reason, Duration reconnectAfter) implements StreamEvent {}
}

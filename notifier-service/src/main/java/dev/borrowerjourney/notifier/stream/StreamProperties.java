package dev.borrowerjourney.notifier.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections are kept.
 *
 * @param heartbeat a connection that was silent this long gets a comment
 * @param buffer events kept for a reader that does not take them; one more, and the reader is cut as SLOW
 * @param maxConnections connections of this instance
 * @param maxConnectionsPerBorrower connections of one borrower at this instance
 * @param reconnectMin shortest wait a client is told before it connects again
 * @param reconnectMax longest such wait; the wait is drawn evenly, so that clients do not all come back at once
 * @param closeGrace how long a closing connection may take to read what was sent, before it is cut
 * @param drain how long an instance that stops takes at most until it has told all its connections to end
 * @param writeTimeout a connection on which a write did not end in this time is cut
 * @param freshFor a state last known to be true longer ago than this is shown as STALE
 * @param changesTopic where the projector publishes changes
 */
@ConfigurationProperties("notifier.stream")
record StreamProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("256") int buffer,
        @DefaultValue("15000") int maxConnections,
        @DefaultValue("10") int maxConnectionsPerBorrower,
        @DefaultValue("1s") Duration reconnectMin,
        @DefaultValue("5s") Duration reconnectMax,
        @DefaultValue("5s") Duration closeGrace,
        @DefaultValue("15s") Duration drain,
        @DefaultValue("30s") Duration writeTimeout,
        @DefaultValue("5m") Duration freshFor,
        @DefaultValue("journey-changes") String changesTopic) {

    StreamProperties {
        require("heartbeat", heartbeat, positive(heartbeat), "longer than 0s");
        require("buffer", buffer, buffer >= 4, "at least 4");
        require("max-connections", maxConnections, maxConnections >= 1, "at least 1");
        require(
                "max-connections-per-borrower",
                maxConnectionsPerBorrower,
                maxConnectionsPerBorrower >= 1,
                "at least 1");
        require("reconnect-min", reconnectMin, !reconnectMin.isNegative(), "0s or longer");
        require(
                "reconnect-max",
                reconnectMax,
                positive(reconnectMax) && reconnectMax.compareTo(reconnectMin) >= 0,
                "at least notifier.stream.reconnect-min");
        require("close-grace", closeGrace, positive(closeGrace), "longer than 0s");
        require("drain", drain, !drain.isNegative(), "0s or longer");
        require("write-timeout", writeTimeout, positive(writeTimeout), "longer than 0s");
        require("fresh-for", freshFor, positive(freshFor), "longer than 0s");
        require("changes-topic", changesTopic, !changesTopic.isBlank(), "a topic");
    }

    private static boolean positive(Duration duration) {
        return duration.isPositive();
    }

    private static void require(String setting, Object found, boolean met, String expected) {
        if (!met) {
            throw new IllegalArgumentException(
                    "notifier.stream." + setting + ": " + found + " (expected: " + expected + ")");
        }
    }
}

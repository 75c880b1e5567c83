package dev.borrowerjourney.sandbox.demo.tool;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One line, or with its payload a few, of the event log. */
final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private EventLine() {}

    static String of(JsonNode event) {
        var faults = event.path("faults").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        return "%s  %-20s  %s  %s  %-23s %s"
                .formatted(
                        TIME.format(Instant.parse(event.path("at").asString()).atZone(ZoneId.systemDefault())),
                        event.path("eventId").asString(),
                        event.path("borrowerExternalId").asString(),
                        event.path("journeyId").asString(),
                        event.path("status").asString(),
                        outcome(event) + (faults.isEmpty() ? "" : "  (" + faults + ")"));
    }

    static String payload(JsonNode event) {
        return event.path("payload").toPrettyString();
    }

    private static String outcome(JsonNode event) {
        var outcome = event.path("outcome").asString();
        if (outcome.equals("LOST")) {
            return "LOST, never sent";
        }
        var target = event.path("target").asString();
        return "%s in %d ms%s"
                .formatted(
                        outcome,
                        event.path("millis").asLong(),
                        target.equals("subscription")
                                ? ""
                                : " to " + event.path("url").asString());
    }
}

package dev.borrowerjourney.notifier.stream;

import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Events as they go over the wire. */
final class EventText {

    private final JsonMapper json;

    EventText(JsonMapper json) {
        this.json = json;
    }

    String of(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Opened(var reconnectAfter) -> "retry:" + reconnectAfter.toMillis() + "\n:connected\n\n";
            case StreamEvent.JourneyShown(var update) -> update.event();
            case StreamEvent.Ready() -> "event:ready\ndata:{}\n\n";
            case StreamEvent.Heartbeat() -> ":heartbeat\n\n";
            case StreamEvent.Closing(var reason, var reconnectAfter) ->
                "event:closing\ndata:" + goodbye(reason, reconnectAfter) + "\n\n";
        };
    }

    private String goodbye(CloseReason reason, Duration reconnectAfter) {
        return json.writeValueAsString(new Goodbye(reason, reconnectAfter.toMillis()));
    }

    private record Goodbye(CloseReason reason, long reconnectAfterMillis) {}
}

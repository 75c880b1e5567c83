package dev.borrowerjourney.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class EventTextTest {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final JsonMapper json = new JsonMapper();
    final EventText text = new EventText(json);

    @Test
    void opensWithTheWaitAfterALoss() {
        assertThat(text.of(new StreamEvent.Opened(Duration.ofMillis(3_120)))).isEqualTo("retry:3120\n:connected\n\n");
    }

    /** A line break within would end the event, and begin another one of somebody else's choice. */
    @Test
    void keepsTheDataOnOneLine() {
        var journey = new Journey(
                "j-1",
                new UUID(0, 1),
                null,
                "STARTED\n\nevent:ready",
                null,
                4,
                "POLL",
                null,
                NOW,
                null,
                new Journey.Freshness(NOW, "FRESH"),
                JsonNodeFactory.instance.objectNode().put("lender", "a\r\nb"));
        var update = new UpdateWriter(json).write(new BorrowerKey("A".repeat(43)), journey);

        var event = text.of(new StreamEvent.JourneyShown(update));

        assertThat(event).startsWith("id:j-1:4\nevent:journey\ndata:{").endsWith("}\n\n");
        assertThat(event.lines()).hasSize(4);
        assertThat(event).doesNotContain("\r");
    }

    @Test
    void writesWhatHasNoJourney() {
        assertThat(text.of(new StreamEvent.Ready())).isEqualTo("event:ready\ndata:{}\n\n");
        assertThat(text.of(new StreamEvent.Heartbeat())).isEqualTo(":heartbeat\n\n");
        assertThat(text.of(new StreamEvent.Closing(CloseReason.DRAINING, Duration.ofMillis(412))))
                .isEqualTo("event:closing\ndata:{\"reason\":\"DRAINING\",\"reconnectAfterMillis\":412}\n\n");
    }
}

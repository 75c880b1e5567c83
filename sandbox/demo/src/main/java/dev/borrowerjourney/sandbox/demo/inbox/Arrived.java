package dev.borrowerjourney.sandbox.demo.inbox;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A push as it came.
 *
 * @param channel as notifier-service names it
 * @param device what the push service knows the device by: the end of its address
 * @param content all that is in it; of Web Push decrypted, as the browser would read it
 */
record Arrived(Instant at, String channel, String device, String title, String body, JsonNode content) {

    private static final int END = 8;

    static Arrived of(String channel, String address, JsonNode content, JsonNode text) {
        return new Arrived(
                Instant.now(),
                channel,
                address.substring(Math.max(0, address.length() - END)),
                text.path("title").asString(""),
                text.path("body").asString(""),
                content);
    }
}

package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Asks the platform where journeys stand, over connections of its own, so that polling never takes the place of a borrower. */
public class HttpStates {

    private static final String JOURNEYS = "/api/v1/headless/journeys";

    private final HttpCalls calls;
    private final Clock clock;

    HttpStates(HttpCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** One journey of the borrower whose session token it is. */
    public PlatformAnswer<ToldJourney> state(Secret sessionToken, String journeyId, String correlationId) {
        // A space is the one character that form encoding writes otherwise than a path.
        var segment = URLEncoder.encode(journeyId, StandardCharsets.UTF_8).replace("+", "%20");
        return get("state", JOURNEYS + "/" + segment + "/state", sessionToken, correlationId, told -> told.stream()
                .filter(journey -> journey.journeyId().equals(journeyId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("data: not the journey that was asked about")));
    }

    /** All journeys of the borrower whose session token it is. */
    public PlatformAnswer<List<ToldJourney>> journeys(Secret sessionToken, String correlationId) {
        return get("journeys", JOURNEYS, sessionToken, correlationId, told -> told);
    }

    private <T> PlatformAnswer<T> get(
            String operation,
            String path,
            Secret sessionToken,
            String correlationId,
            Function<List<ToldJourney>, T> reading) {
        var asked = System.nanoTime();
        return calls.call(
                operation, calls.request(path, sessionToken, correlationId).GET(), answer -> {
                    if (!answer.path("data").isObject()) {
                        throw new IllegalArgumentException("data: missing (expected: an object)");
                    }
                    return reading.apply(told(answer, asked));
                });
    }

    private List<ToldJourney> told(JsonNode answer, long asked) {
        return ToldJourney.in(answer, Duration.ofNanos(System.nanoTime() - asked), clock.instant());
    }
}

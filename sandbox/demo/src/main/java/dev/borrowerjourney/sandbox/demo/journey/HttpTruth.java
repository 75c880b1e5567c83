package dev.borrowerjourney.sandbox.demo.journey;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the platform itself knows of a journey, past all webhooks. */
final class HttpTruth {

    private final HttpCalls admin;

    HttpTruth(HttpClient client, String platformAdmin) {
        this.admin = new HttpCalls(client, platformAdmin, UUID.randomUUID().toString());
    }

    /** A journey's current state and all its snapshots in the order of their sequence. */
    record Journey(Change.State state, List<Snapshot> snapshots) {}

    record Snapshot(Change.State state, @Nullable Instant firstSentAt) {}

    Journey journey(String journeyId) throws IOException, InterruptedException {
        var journey = admin.get("/truth/journeys/" + journeyId, null);
        return new Journey(
                state(journey),
                journey.path("snapshots")
                        .valueStream()
                        .sorted((one, other) -> Long.compare(
                                one.path("sequence").asLong(),
                                other.path("sequence").asLong()))
                        .map(snapshot -> new Snapshot(state(snapshot), instant(snapshot.path("firstSentAt"))))
                        .toList());
    }

    static Change.State state(JsonNode json) {
        var nextAction = json.path("nextAction");
        return new Change.State(
                json.path("status").asString(),
                nextAction.isNull() || nextAction.isMissingNode() ? null : nextAction.asString());
    }

    private static @Nullable Instant instant(JsonNode json) {
        return json.isNull() || json.isMissingNode() ? null : Instant.parse(json.asString());
    }
}

package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a borrower sees of a platform that never sends a webhook. */
class WebhooksOffIT {

    /** The longest pause between two looks at a journey that somebody watches and has just acted on, and some slack. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A slow machine may take this much longer from the platform's answer to the stream. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** Slow enough that some waits are longer than the interval: the search for offers takes 8 s, the lender 17 s. */
    private static final String PACE = "{\"pace\": 0.12}";

    private static final Duration FOREVER = Duration.ofDays(1);

    private static final HttpClient CLIENT = HttpCalls.client();
    private static final Path TIMES = Path.of("target/webhooks-off.md");

    private static WholeDemo demo;
    private static HttpCalls admin;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        demo = WholeDemo.start(Path.of("target/webhooks-off-it"));
        admin = new HttpCalls(CLIENT, demo.file().urls().platformAdmin(), "webhooks-off");
        admin.send("PATCH", "/switches", null, HttpCalls.JSON.readTree("{\"webhooks\": false}"));
        admin.send("PUT", "/clock", null, HttpCalls.JSON.readTree(PACE));
        warmUp();
    }

    /** Somebody was there before, so that what is measured is no JVM's first time. */
    private static void warmUp() throws IOException, InterruptedException {
        try (var app = new BorrowerApp(
                CLIENT,
                "borrower-" + UUID.randomUUID(),
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            var journeyId = app.startJourney();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> app.read("/v1/journeys").toString().contains(journeyId));
        }
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void showsEveryStateThatLastsLongerThanTheInterval() throws Exception {
        List<Change> seen;
        String journeyId;
        try (var app = new BorrowerApp(
                CLIENT,
                "borrower-" + UUID.randomUUID(),
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            journeyId = app.startJourney();
            seen = app.follow(journeyId, _ -> {});
        }

        var states = states(journeyId);
        assertThat(states.getLast().status()).isEqualTo("DISBURSED");
        var seenAt = new HashMap<String, Instant>();
        seen.forEach(change -> seenAt.putIfAbsent(change.status(), change.seenAt()));
        write(states, seenAt);

        assertThat(seen.getLast().status()).isEqualTo("DISBURSED");
        assertThat(states)
                .filteredOn(state -> state.lasted().compareTo(INTERVAL) > 0)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(state -> {
                    assertThat(seenAt).containsKey(state.status());
                    assertThat(state.untilSeen(seenAt)).isLessThan(INTERVAL.plus(SLACK));
                });
        // Not one of them came by webhook.
        assertThat(admin.get("/truth/journeys/" + journeyId, null)
                        .path("snapshots")
                        .valueStream()
                        .map(snapshot -> snapshot.path("delivery").asString()))
                .containsOnly("LOST");
    }

    /** The states in their order, each with how long it lasted; the last one lasts. */
    private static List<State> states(String journeyId) throws IOException, InterruptedException {
        var snapshots = admin.get("/truth/journeys/" + journeyId, null)
                .path("snapshots")
                .valueStream()
                .toList();
        var states = new ArrayList<State>();
        for (int i = 0; i < snapshots.size(); i++) {
            var since = since(snapshots.get(i));
            var until = i + 1 < snapshots.size() ? since(snapshots.get(i + 1)) : since.plus(FOREVER);
            states.add(new State(snapshots.get(i).path("status").asString(), since, Duration.between(since, until)));
        }
        return states;
    }

    private static Instant since(JsonNode snapshot) {
        return Instant.parse(snapshot.path("generatedAt").asString());
    }

    /** For the README of session-service. */
    private static void write(List<State> states, Map<String, Instant> seenAt) throws IOException {
        var table = new StringBuilder("| Status | lasted | seen after |\n|---|---|---|\n");
        for (var state : states) {
            table.append("| `%s` | %s | %s |%n"
                    .formatted(
                            state.status(),
                            state.lasted().equals(FOREVER) ? "" : seconds(state.lasted()),
                            seenAt.containsKey(state.status()) ? seconds(state.untilSeen(seenAt)) : "not seen"));
        }
        Files.writeString(TIMES, table);
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    private record State(String status, Instant since, Duration lasted) {

        Duration untilSeen(Map<String, Instant> seenAt) {
            return Duration.between(since, seenAt.getOrDefault(status, Instant.MAX));
        }
    }
}

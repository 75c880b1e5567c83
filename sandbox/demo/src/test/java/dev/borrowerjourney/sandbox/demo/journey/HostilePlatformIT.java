package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.demo.tool.Tools;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import dev.borrowerjourney.sandbox.load.verification.KafkaRecordIds;
import dev.borrowerjourney.sandbox.load.verification.Verification;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a borrower sees of a platform that never sends a webhook, and of one that does everything wrong for a while. */
class HostilePlatformIT {

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
        demo = WholeDemo.start(Path.of("target/hostile-platform-it"));
        admin = new HttpCalls(CLIENT, demo.file().urls().platformAdmin(), "hostile-platform");
        warmUp();
    }

    @AfterEach
    void calm() throws IOException, InterruptedException {
        admin.send("PUT", "/switches", null, HttpCalls.JSON.createObjectNode());
        admin.send("PUT", "/clock", null, HttpCalls.JSON.readTree("{\"pace\": 1}"));
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
        admin.send("PATCH", "/switches", null, HttpCalls.JSON.readTree("{\"webhooks\": false}"));
        admin.send("PUT", "/clock", null, HttpCalls.JSON.readTree(PACE));
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

    /**
     * Webhooks come twice, late, out of order, broken, falsely signed or never, calls fail and answers are lost; and yet
     * the truth must come out for everybody, and nothing that was acknowledged may be missing.
     */
    @Test
    void settlesOnTheTruthAndLosesNothingThroughAStorm() throws Exception {
        List<String> journeyIds;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var storm = executor.submit(() -> Tools.run(demo.layout(), "hostile", List.of("storm", "--seed", "7")));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> admin.get("/switches", null).path("reorder").asBoolean());
            var drives = IntStream.range(0, 4)
                    .mapToObj(number -> executor.submit(() -> driven("storm-borrower-" + number)))
                    .toList();

            journeyIds = new ArrayList<>();
            for (var drive : drives) {
                journeyIds.add(drive.get());
            }
            assertThat(storm.get()).isZero();
        }

        var struck = admin.get("/faults", null).path("struck");
        assertThat(struck.propertyNames()).contains("dropped", "corruptedBodies", "wrongSecret", "lostAnswers");
        assertThat(journeyIds).hasSize(4);
        assertThat(lost()).isEmpty();
    }

    /** One borrower's whole journey; at its end the read model must say what the platform does. */
    private static String driven(String borrower) throws IOException, InterruptedException {
        try (var app = new BorrowerApp(
                CLIENT,
                borrower,
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            var journeyId = app.startJourney();
            app.follow(journeyId, _ -> {});
            var truth = new HttpTruth(CLIENT, demo.file().urls().platformAdmin());
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(HttpTruth.state(app.read("/v1/journeys/" + journeyId)))
                            .isEqualTo(truth.journey(journeyId).state()));
            return journeyId;
        }
    }

    /** Acknowledged events that stand neither among the snapshots nor in the quarantine of what nobody could read. */
    private static Set<String> lost() throws IOException, InterruptedException {
        var records = new KafkaRecordIds(demo.file().kafka().bootstrapServers());
        var read = Verification.of(
                Ids.of(acknowledged()), records.read(TopicCatalogue.JOURNEY_SNAPSHOTS, Duration.ofMinutes(1)));
        assertThat(read.acknowledged()).isGreaterThan(20);
        return Verification.of(Ids.of(read.lost()), records.read(TopicCatalogue.QUARANTINE, Duration.ofMinutes(1)))
                .lost();
    }

    private static Set<String> acknowledged() throws IOException, InterruptedException {
        var ids = new HashSet<String>();
        for (var snapshot : admin.get("/truth/snapshots?limit=1000", null).path("items")) {
            if (!snapshot.path("acknowledgedAt").isNull()) {
                ids.add(snapshot.path("eventId").asString());
            }
        }
        return ids;
    }

    /** A status that nobody has heard of, told by webhook, shown, and told once more. */
    @Test
    void showsWhatADeveloperTriggers() throws Exception {
        var borrower = "trigger-" + UUID.randomUUID();

        assertThat(Tools.run(
                        demo.layout(),
                        "trigger",
                        List.of("NEVER_HEARD_OF", "--borrower", borrower, "--next-action", "DANCE")))
                .isZero();

        try (var app = new BorrowerApp(
                CLIENT,
                borrower,
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(app.read("/v1/journeys").toString())
                            .contains("\"status\":\"NEVER_HEARD_OF\"", "\"nextAction\":\"DANCE\""));
        }
        var events = admin.get("/events?borrower=" + borrower, null).path("items");
        assertThat(events).hasSize(3);
        assertThat(Tools.run(
                        demo.layout(),
                        "replay",
                        List.of(events.get(0).path("eventId").asString() + ".."
                                + events.get(2).path("eventId").asString())))
                .isZero();
        assertThat(Tools.run(demo.layout(), "events", List.of("--borrower", borrower)))
                .isZero();
        assertThat(admin.get("/events?borrower=" + borrower, null).path("items"))
                .hasSize(6);
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

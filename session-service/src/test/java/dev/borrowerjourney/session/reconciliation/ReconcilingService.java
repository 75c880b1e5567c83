package dev.borrowerjourney.session.reconciliation;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;

import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.session.testing.JourneyViews;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service with reconciliation turned on, between a real broker, registry and database. It ends with its class: it
 * would ask about the journeys of others, too.
 */
@DirtiesContext
abstract class ReconcilingService extends ServiceUnderTest {

    static final TestBroker BROKER = TestBroker.shared();
    static final TestRegistry REGISTRY = TestRegistry.shared();
    static final SnapshotLog LOG = new SnapshotLog(BROKER.bootstrapServers(), REGISTRY.url());
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final String journey = "jrn_" + UUID.randomUUID();

    @DynamicPropertySource
    static void reconcile(DynamicPropertyRegistry registry) {
        registry.add("session.reconciliation.enabled", () -> true);
        registry.add("session.reconciliation.active.least", () -> "300ms");
        registry.add("session.reconciliation.active.most", () -> "600ms");
        registry.add("session.reconciliation.requests-per-second", () -> 200);
        registry.add("spring.kafka.bootstrap-servers", BROKER::bootstrapServers);
        registry.add("spring.kafka.properties.schema.registry.url", REGISTRY::url);
    }

    /** Journeys that other tests have left would be asked about, too, some of them in vain until the call times out. */
    @BeforeEach
    void forgetOthers() {
        database.sql("DELETE FROM session.reconciliation").update();
        database.sql("DELETE FROM session.reconciliation_budget").update();
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    String statePath() {
        return HEADLESS + "/journeys/" + journey + "/state";
    }

    /** What the platform says from now on, of this journey and as the only one of its borrower's list. */
    void platformSays(String status, @Nullable String nextAction) {
        platformSays(status, nextAction, Instant.now());
    }

    void platformSays(String status, @Nullable String nextAction, @Nullable Instant updatedAt) {
        PLATFORM.on("GET " + statePath(), _ -> Answer.json(200, envelope(state(status, nextAction, updatedAt))));
        listsIt(status, nextAction, updatedAt);
    }

    /** What the list says alone. */
    void listsIt(String status, @Nullable String nextAction, @Nullable Instant updatedAt) {
        PLATFORM.on(
                "GET " + HEADLESS + "/journeys",
                request -> Answer.json(
                        200,
                        envelope(
                                PLATFORM.tokensOf(borrower)
                                                .contains(request.headers()
                                                        .getOrDefault("authorization", "")
                                                        .replaceFirst("^Bearer ", ""))
                                        ? "{\"journeys\": [" + state(status, nextAction, updatedAt) + "]}"
                                        : "{\"journeys\": []}")));
    }

    String state(String status, @Nullable String nextAction, @Nullable Instant updatedAt) {
        var state = JSON.createObjectNode()
                .put("journeyID", journey)
                .put("status", status)
                .put("nextAction", nextAction);
        if (updatedAt != null) {
            state.put("updatedAt", updatedAt.toString());
        }
        return state.toString();
    }

    static String envelope(String data) {
        return "{\"requestID\": \"r\", \"timestamp\": \"%s\", \"data\": %s, \"error\": null}"
                .formatted(Instant.now(), data);
    }

    int looks() {
        return PLATFORM.requestsOn(statePath()).size();
    }

    /** A column of this journey's row; null if there is no row. */
    @Nullable
    Object row(String column) {
        return database
                .sql("SELECT " + column + " FROM session.reconciliation WHERE journey_id = ?")
                .param(journey)
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .map(Map::values)
                .flatMap(values ->
                        values.stream().filter(java.util.Objects::nonNull).findFirst())
                .orElse(null);
    }

    /** What the read model shows of this journey. */
    void shows(String status, @Nullable String nextAction, String source, Instant heardAt) {
        var text = nextAction == null ? "NULL" : "'" + nextAction + "'";
        JourneyViews.run(DATABASE.as("bj_projector"), """
                INSERT INTO journey.shown (journey_key, borrower_key, application_id, journey_id, status, next_action,
                    version, source, changed_at, fresh_as_of)
                VALUES ('%1$s', '%2$s', '%3$s', '%4$s', '%5$s', %6$s, 1, '%7$s', '%8$s', '%8$s')
                ON CONFLICT (journey_key) DO UPDATE
                SET status = excluded.status, next_action = excluded.next_action, source = excluded.source,
                    fresh_as_of = excluded.fresh_as_of
                """.formatted(
                        keyOf(borrower).journeyKey(journey),
                        keyOf(borrower).value(),
                        APPLICATION,
                        journey,
                        status,
                        text,
                        source,
                        heardAt));
    }
}

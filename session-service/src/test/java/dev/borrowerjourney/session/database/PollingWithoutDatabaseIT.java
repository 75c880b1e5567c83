package dev.borrowerjourney.session.database;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Polling and renewal under a database that stands still: they wait, say so once, and go on. */
@ExtendWith(OutputCaptureExtension.class)
class PollingWithoutDatabaseIT extends OwnDatabase {

    private static final Duration OUTAGE = Duration.ofSeconds(12);

    private final String state = HEADLESS + "/journeys/jrn_" + UUID.randomUUID() + "/state";

    @Test
    void waitsQuietlyAndGoesOn(CapturedOutput output) {
        var journey = """
                {"journeyID": "%s", "status": "KYC_PENDING", "nextAction": "COMPLETE_KYC", "updatedAt": "%s"}""".formatted(state.replaceAll(".*/(jrn_[^/]*)/state", "$1"), Instant.now());
        PLATFORM.on("GET " + state, Answer.json(200, "{\"data\": " + journey + "}"));
        PLATFORM.on("GET " + HEADLESS + "/journeys", Answer.json(200, "{\"data\": {\"journeys\": [" + journey + "]}}"));
        try (var polling = started(Map.of(
                "session.reconciliation.enabled", "true",
                "session.reconciliation.active.least", "300ms",
                "session.reconciliation.active.most", "600ms",
                "spring.kafka.bootstrap-servers", TestBroker.shared().bootstrapServers(),
                "spring.kafka.properties.schema.registry.url",
                        TestRegistry.shared().url()))) {
            var session = created(polling);
            relays(polling, session, 200);
            awaitLooksBeyond(looks());
            var begun = output.getAll().length();

            server.freeze();
            try {
                awaitAway(polling);
                expireAtThePlatform(polling, session);
                var before = looks();
                await().atMost(Duration.ofMinutes(1)).pollDelay(OUTAGE).until(() -> true);
                // One that was claimed before may still be on its way.
                assertThat(looks()).isLessThanOrEqualTo(before + 1);
            } finally {
                server.thaw();
            }

            awaitLooksBeyond(looks());
            var told = output.getAll().substring(begun);
            assertThat(told.lines().filter(line -> line.contains("Journeys are not asked about")))
                    .hasSize(1);
            assertThat(told.lines().filter(line -> line.contains("Journeys are asked about again")))
                    .hasSize(1);
            assertThat(told.lines()
                            .filter(line ->
                                    line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\"")))
                    .hasSizeLessThan(8);
        }
    }

    /** What would renew the session needs the database; the app is told so, and nothing asks again by itself. */
    private void expireAtThePlatform(RunningService polling, Created session) {
        PLATFORM.endSessionsOf(caller);
        unavailable(relay(polling, session));
    }

    private void awaitLooksBeyond(int before) {
        await().atMost(Duration.ofMinutes(1)).until(() -> looks() > before);
    }

    private int looks() {
        return PLATFORM.requestsOn(state).size();
    }
}

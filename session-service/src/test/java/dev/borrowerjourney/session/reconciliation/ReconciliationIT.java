package dev.borrowerjourney.session.reconciliation;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.session.testing.JourneyViews;
import dev.borrowerjourney.session.testing.Metrics;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

class ReconciliationIT extends ReconcilingService {

    @Test
    void publishesTheJourneysOfABorrowerWhoComes() {
        platformSays("OFFERS_AVAILABLE", "VIEW_OFFERS");

        sessionTokenOf(borrower);

        eventually().until(() -> !LOG.of(keyOf(borrower)).isEmpty());
        assertThat(LOG.of(keyOf(borrower))).first().satisfies(record -> {
            assertThat(record.getSource()).isEqualTo(Source.POLL);
            assertThat(record.getApplicationId()).isEqualTo(APPLICATION.toString());
            assertThat(record.getAnsweredAt()).isNotNull();
            assertThat(record.getRoundTripMillis()).isNotNegative();
            assertThat(statusOf(record)).isEqualTo("OFFERS_AVAILABLE");
        });
        assertThat(LOG.recordsOf(keyOf(borrower))).first().satisfies(record -> assertThat(
                        new String(record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8))
                .isEqualTo("/session-service"));
    }

    @Test
    void looksAtAnActiveJourneyAsLongAsItsBorrowerWatches() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        sessionTokenOf(borrower);

        eventually().until(() -> looks() >= 4);
        database.sql("DELETE FROM session.caller WHERE borrower_key = ?")
                .param(keyOf(borrower).value())
                .update();

        // The look that is under way may be the last but one that still knew somebody watching.
        eventually().until(() -> !Boolean.TRUE.equals(row("urgent")));
        assertThat(Objects.requireNonNull((Boolean) row("due_at > now() + INTERVAL '1 minute'")))
                .isTrue();
    }

    @Test
    void publishesEachStateOnceAndConfirmsItAtEachLook() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        sessionTokenOf(borrower);
        eventually().until(() -> looks() >= 3);
        shows("KYC_PENDING", "COMPLETE_KYC", "POLL", Instant.now());
        var first = confirmedAt();
        eventually().until(() -> confirmedAt().isAfter(first));
        eventually().until(() -> statuses().equals(List.of("KYC_PENDING")));

        platformSays("LENDER_PROCESSING", "WAIT");

        eventually().until(() -> statuses().equals(List.of("KYC_PENDING", "LENDER_PROCESSING")));
    }

    /** What the platform no longer says is not confirmed, however lately it was asked. */
    @Test
    void confirmsNothingElseThanWhatIsShown() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        shows("AA_REQUIRED", "COMPLETE_AA", "WEBHOOK", Instant.now());
        sessionTokenOf(borrower);
        eventually().until(() -> looks() >= 2);

        journeyOfApp().jsonPath("$.confirmedAt").isEmpty().jsonPath("$.status").isEqualTo("AA_REQUIRED");
        assertThat(metric("session_reconciliation_divergence_total")).isPositive();
    }

    @Test
    void settlesAnAnomalyWithItsSequence() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        sessionTokenOf(borrower);
        eventually().until(() -> looks() >= 1 && row("asked_at") != null);

        due("TIMES_TOO_CLOSE", 41);

        eventually().until(() -> LOG.of(keyOf(borrower)).stream().anyMatch(record -> record.getSettles() != null));
        var records = LOG.of(keyOf(borrower));
        var settling =
                records.stream().filter(record -> record.getSettles() != null).toList();
        assertThat(settling).singleElement().satisfies(record -> {
            assertThat(record.getSettles()).isEqualTo("TIMES_TOO_CLOSE");
            assertThat(record.getSequence()).isEqualTo(41);
            assertThat(record.getUpdatedAt()).isNull();
        });
        assertThat(records.get(records.indexOf(settling.getFirst()) - 1).getSettles())
                .isNull();
        // The projector has not taken it in yet, and one is enough.
        var before = looks();
        eventually().until(() -> looks() >= before + 3);
        assertThat(LOG.of(keyOf(borrower)))
                .filteredOn(record -> record.getSettles() != null)
                .hasSize(1);
    }

    @Test
    void settlesEvenWhatIsOver() {
        platformSays("CLOSED", null);
        sessionTokenOf(borrower);
        eventually().until(() -> "OVER".equals(row("pace")));

        due("REOPENED", 7);

        eventually().until(() -> LOG.of(keyOf(borrower)).stream().anyMatch(record -> record.getSettles() != null));
        eventually().until(() -> row("due_at") == null && row("settling_until") != null);
    }

    @Test
    void givesAJourneyUpAfterThreeTimesUnknown() {
        listsIt("KYC_PENDING", "COMPLETE_KYC", Instant.now());
        PLATFORM.on("GET " + statePath(), Answer.json(404, PlatformStandIn.failure("NOT_FOUND")));
        sessionTokenOf(borrower);

        eventually().until(() -> "GONE".equals(row("pace")));

        assertThat(looks()).isEqualTo(3);
        assertThat(row("due_at")).isNull();
        // The list was an observation; what is not known says nothing.
        eventually().until(() -> statuses().equals(List.of("KYC_PENDING")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "html", "empty", "foreign", "slow", "403"})
    void goesOnAfterWhatCannotBeUsed(String trouble) {
        listsIt("KYC_PENDING", "COMPLETE_KYC", Instant.now());
        PLATFORM.on("GET " + statePath(), unusable(trouble));
        sessionTokenOf(borrower);
        eventually().until(() -> Objects.requireNonNullElse((Integer) row("failures"), 0) >= 1);

        platformSays("LENDER_PROCESSING", "WAIT");

        eventually().until(() -> statuses().contains("LENDER_PROCESSING"));
        eventually().until(() -> Integer.valueOf(0).equals(row("failures")));
    }

    @Test
    void leavesThePlatformAloneForAsLongAsItAsks() {
        listsIt("KYC_PENDING", "COMPLETE_KYC", Instant.now());
        PLATFORM.on(
                "GET " + statePath(),
                Answer.json(429, PlatformStandIn.failure("RATE_LIMITED")).with("Retry-After", "3"));
        sessionTokenOf(borrower);
        eventually().until(() -> looks() == 1);
        var asked = Instant.now();
        platformSays("LENDER_PROCESSING", "WAIT");

        eventually().until(() -> looks() > 1);

        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(2_500));
    }

    @Test
    void asksAgainWithANewerTokenWhereTheOldOneHasEnded() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        sessionTokenOf(borrower);
        eventually().until(() -> looks() >= 1);

        PLATFORM.endSessionsOf(borrower);
        platformSays("LENDER_PROCESSING", "WAIT");

        eventually().until(() -> statuses().contains("LENDER_PROCESSING"));
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    @Test
    void waitsForTheNextVisitWithoutASession() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        var created = create(borrower, UUID.randomUUID().toString(), "");
        eventually().until(() -> looks() >= 1);
        database.sql("DELETE FROM session.session WHERE session_id = ?")
                .param(created.sessionId())
                .update();

        eventually().until(() -> row("journey_id") != null && row("due_at") == null);
        var before = looks();
        sessionTokenOf(borrower);

        eventually().until(() -> looks() > before);
    }

    @Test
    void hearsWhatPassesThroughTheRelay() {
        PLATFORM.on("GET " + HEADLESS + "/journeys", Answer.json(200, envelope("{\"journeys\": []}")));
        PLATFORM.on("GET " + statePath(), Answer.json(500, PlatformStandIn.failure("DOWN")));
        var submit = HEADLESS + "/profile/submit";
        PLATFORM.on(
                "POST " + submit, _ -> Answer.json(200, envelope(state("PROFILE_SUBMITTED", "WAIT", Instant.now()))));

        post(submit);

        eventually().until(() -> statuses().equals(List.of("PROFILE_SUBMITTED")));
        eventually().until(() -> Boolean.TRUE.equals(row("acted_until > now()")));
    }

    /** Its time would be a guess, and a guess may step back behind a webhook. */
    @Test
    void looksWhereAnAnswerDoesNotSaySinceWhen() {
        PLATFORM.on("GET " + HEADLESS + "/journeys", Answer.json(200, envelope("{\"journeys\": []}")));
        var updatedAt = Instant.parse("2026-03-05T08:00:00Z");
        PLATFORM.on(
                "GET " + statePath(),
                _ -> Answer.json(200, envelope(state("PROFILE_REQUIRED", "COMPLETE_PROFILE", updatedAt))));
        PLATFORM.on("POST " + HEADLESS + "/journeys", _ -> Answer.json(200, envelope(state("STARTED", null, null))));

        post(HEADLESS + "/journeys");

        eventually().until(() -> !LOG.of(keyOf(borrower)).isEmpty());
        assertThat(LOG.of(keyOf(borrower))).first().satisfies(record -> {
            assertThat(statusOf(record)).isEqualTo("PROFILE_REQUIRED");
            assertThat(record.getUpdatedAt()).isEqualTo(updatedAt);
        });
    }

    @Test
    void learnsOfAJourneyFromTheReadModelsChanges() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        PLATFORM.on("GET " + HEADLESS + "/journeys", Answer.json(200, envelope("{\"journeys\": []}")));
        sessionTokenOf(borrower);

        try (var changes = new JourneyChanges(BROKER.bootstrapServers(), REGISTRY.url())) {
            changes.publish(keyOf(borrower), APPLICATION, journey, 1, "KYC_PENDING");
            eventually().until(() -> looks() >= 1);

            platformSays("CLOSED", null);
            changes.publish(keyOf(borrower), APPLICATION, journey, 2, "CLOSED");
        }

        eventually().until(() -> "OVER".equals(row("pace")) && row("due_at") == null);
    }

    @Test
    void tellsByHowMuchAWebhookWasFirst() {
        shows("KYC_PENDING", "COMPLETE_KYC", "WEBHOOK", Instant.now().minusSeconds(30));
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        // The list is kept out, so that the look is the first to hear.
        PLATFORM.on(
                "GET " + HEADLESS + "/journeys",
                _ -> Answer.json(
                        200, envelope("{\"journeys\": [" + state("KYC_PENDING", "COMPLETE_KYC", null) + "]}")));
        sessionTokenOf(borrower);

        eventually().until(() -> metric("session_reconciliation_lead_seconds_count{first=\"webhook\"}") >= 1);
    }

    @Test
    void tellsByHowMuchAPollWasFirst() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        listsIt("KYC_PENDING", "COMPLETE_KYC", null);
        sessionTokenOf(borrower);
        eventually().until(() -> row("ahead_since") != null);

        shows("KYC_PENDING", "COMPLETE_KYC", "WEBHOOK", Instant.now().plusSeconds(1));

        eventually().until(() -> metric("session_reconciliation_lead_seconds_count{first=\"poll\"}") >= 1);
        eventually().until(() -> row("ahead_since") == null);
    }

    /** An alert on a series that nobody makes never fires. */
    @Test
    void hasEveryMetricThatAlertsAskFor() throws IOException {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        sessionTokenOf(borrower);
        eventually().until(() -> looks() >= 1);
        var rules = Files.readString(Path.of("../deploy/alerts/session-service.yaml"));

        var named =
                Pattern.compile("\\bsession_[a-z_]+").matcher(rules).results().map(MatchResult::group);

        var metrics = metricsOf(management);
        assertThat(named.distinct().toList()).hasSizeGreaterThan(3).allSatisfy(metric -> assertThat(metrics)
                .containsPattern("(?m)^" + metric + "[{ ]"));
    }

    @Test
    void isReadyWithItsTopics() {
        eventually().untilAsserted(() -> management
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.events.status")
                .isEqualTo("UP"));
    }

    private Answer unusable(String trouble) {
        return switch (trouble) {
            case "500" -> Answer.json(500, PlatformStandIn.failure("DOWN"));
            case "403" -> Answer.json(403, PlatformStandIn.failure("OUT_OF_SCOPE"));
            case "html" -> Answer.json(200, "<html>maintenance</html>").with("Content-Type", "text/html");
            case "empty" -> Answer.json(200, envelope("{}"));
            case "foreign" ->
                Answer.json(200, envelope(state("CLOSED", null, null).replace(journey, "jrn_other")));
            default -> Answer.json(200, envelope(state("CLOSED", null, null))).heldFor(Duration.ofSeconds(4));
        };
    }

    private void post(String path) {
        app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void due(String cause, long sequence) {
        JourneyViews.run(
                DATABASE.as("bj_projector"),
                "INSERT INTO journey.due VALUES ('%s', '%s', '%s', '%s', '%s', %d, now())"
                        .formatted(
                                keyOf(borrower).journeyKey(journey),
                                keyOf(borrower).value(),
                                APPLICATION,
                                journey,
                                cause,
                                sequence));
    }

    private List<String> statuses() {
        return LOG.of(keyOf(borrower)).stream().map(ReconciliationIT::statusOf).toList();
    }

    private static String statusOf(JourneySnapshot record) {
        return record.getJourneys().getFirst().getCore().getStatus();
    }

    private Instant confirmedAt() {
        var body =
                journeyOfApp().jsonPath("$.confirmedAt").exists().returnResult().getResponseBody();
        var text = new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
        return Instant.parse(text.replaceAll(".*\"confirmedAt\":\"([^\"]+)\".*", "$1"));
    }

    private WebTestClient.BodyContentSpec journeyOfApp() {
        return app.get()
                .uri("/v1/journeys/" + journey)
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    /** The sum of all lines that begin so. */
    private double metric(String name) {
        return Metrics.values(metricsOf(management), line -> line.startsWith(name))
                .sum();
    }
}

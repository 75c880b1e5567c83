package dev.borrowerjourney.sandbox.demo.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.borrowerjourney.sandbox.demo.journey.HttpCalls.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;

/** The operator's page in a real browser, over journeys that are driven by HTTP; and the push inbox, in the same demo. */
class OperatorPageIT {

    private static final String MARKUP = "<img src=x onerror=alert(1)>";

    private static WholeDemo demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        demo = WholeDemo.start(
                Path.of("target/operator-page-it"),
                "edge",
                "push-inbox",
                "operator-page",
                "session-service",
                "webhook-ingest-service",
                "journey-projector",
                "notifier-service");
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        demo.close();
    }

    @Test
    void showsJourneyWhileItMovesAndTheWayOfEachChange() throws Exception {
        try (var visit = visit("operator-way", desk())) {
            assertThat(visit.find(".guide h1")).hasText("See the system work");
            visit.judge("guide");

            var result = new JourneyDrive(HttpCalls.client(), demo.file()).drive(change -> {
                if (change.version() == 1) {
                    assertThat(visit.find("[data-journey='" + change.journeyId() + "'] .who"))
                            .containsText("borrower-");
                }
            });
            assertThat(result.problems()).isEmpty();
            var last = result.changes().size();
            visit.find("[data-journey='" + result.journeyId() + "']").click();

            assertThat(visit.find(".passage[data-version='" + last + "'] [data-station=PUBLISHED]"))
                    .hasAttribute("data-state", "DONE");
            for (var change : KafkaChanges.of(demo.file(), String.valueOf(result.journeyId()), last)) {
                var passage = visit.find(".passage[data-version='" + change.getVersion() + "']");
                var cause = change.getSourceOffset();
                assertThat(passage.locator("[data-station=LOGGED] .place"))
                        .hasText("journey-snapshots, p%d @ %d".formatted(cause.getPartition(), cause.getOffset()));
                assertThat(times(passage, "RECEIVED", "LOGGED", "PROJECTED", "PUBLISHED"))
                        .isSorted();
                // The platform gives no two changes of a borrower the same time, so one may bear a time to come.
                var sent = times(passage, "SENT").getFirst();
                assertThat(times(passage, "HAPPENED").getFirst()).isBeforeOrEqualTo(sent.plusMillis(5));
            }
            assertThat(visit.find(".list .chips")).containsText("Disbursed");
            visit.judge("way");
        }
    }

    @Test
    void showsWhatIsFoundByPollingWhenEveryWebhookIsLost() throws Exception {
        try (var visit = visit("operator-lost", Chromium.phone().setColorScheme(ColorScheme.DARK))) {
            visit.find("nav a").nth(1).click();
            visit.judge("switches");
            visit.find("[data-switch=webhooks] [role=switch]").click();
            assertThat(visit.find(".strip")).containsText("webhooks off");
            assertThat(admin().get("/switches", null).path("webhooks").asBoolean())
                    .isFalse();
            visit.judge("hostile");

            var journeyId = borrower("lost-" + UUID.randomUUID()).begun();
            become(journeyId, "KYC_PENDING", "COMPLETE_KYC");

            var truth = admin().get("/truth/journeys/" + journeyId, null).path("snapshots");
            assertThat(truth.valueStream().map(each -> each.path("delivery").asString()))
                    .containsOnly("LOST");
            visit.page().navigate(demo.file().urls().operatorPage() + "/#/journeys/" + journeyId);
            var passage = visit.find(".passage[data-status=KYC_PENDING]");
            assertThat(passage).hasAttribute("data-how", "POLL");
            assertThat(passage.locator("[data-station=SENT]")).hasAttribute("data-state", "FAILED");
            assertThat(passage.locator(".badges")).containsText("webhook lost");
            assertThat(passage.locator(".badges")).containsText("by polling");
            passage.locator("summary").click();
            visit.judge("lost");

            visit.press("All off");
            assertThat(visit.find(".strip")).hasCount(0);
            assertThat(admin().get("/switches", null).path("webhooks").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void tellsThatWebhookIsInQuarantine() throws Exception {
        turn("truncatedBodies", DoubleNode.valueOf(1));
        try (var visit = visit("operator-quarantine", desk())) {
            var journeyId = borrower("torn-" + UUID.randomUUID()).begun();
            visit.page().navigate(demo.file().urls().operatorPage() + "/#/journeys/" + journeyId);
            var passage = visit.find(".passage[data-status=PROFILE_REQUIRED]");
            assertThat(passage).hasAttribute("data-how", "POLL");
            assertThat(passage.locator(".badges")).containsText("webhook in quarantine");
        } finally {
            turn("truncatedBodies", DoubleNode.valueOf(0));
        }
    }

    @Test
    void leadsFromCorrelationIdToItsJourneyByKeyboard() throws Exception {
        borrower("other-" + UUID.randomUUID()).begun();
        var flow = flowThatWasHeard();
        try (var visit = visit("operator-search", desk())) {
            var keyboard = new Keyboard(visit.page());

            keyboard.to("#search").type(flow);
            assertThat(visit.find(".rows a")).hasCount(1);
            assertThat(visit.find(".rows .badges")).containsText("by correlation id");
            assertThat(visit.find(".logs h2")).isVisible();
            visit.judge("found");
            keyboard.to(".rows a").press("Enter");
            assertThat(visit.find(".way h1")).containsText("found-");
            assertThat(visit.find(".passage.found [data-station=PROJECTED]")).hasAttribute("data-state", "DONE");
            keyboard.to(".passage summary").press("Enter");
            assertThat(visit.find(".passage details[open]")).hasCount(1);

            keyboard.to("nav a[href='#/health']").press("Enter");
            assertThat(visit.find("tbody tr[data-state=READY]")).hasCount(4);
            visit.judge("health");
        }
    }

    @Test
    void showsMarkupInBorrowersIdAsText() throws Exception {
        var journeyId = borrower(MARKUP).begun();
        try (var visit = visit("operator-markup", desk())) {
            assertThat(visit.find("[data-journey='" + journeyId + "'] .who")).hasText(MARKUP);
            visit.find("[data-journey='" + journeyId + "']").click();

            assertThat(visit.find(".way h1")).hasText(MARKUP);
            assertThat(visit.find("#main img")).hasCount(0);
        }
    }

    @Test
    void refusesWhateverIsNotThePageItself() throws Exception {
        var foreign = request("/api/switches")
                .header("Sec-Fetch-Site", "cross-site")
                .method("DELETE", HttpRequest.BodyPublishers.noBody());

        assertThat(status(foreign)).isEqualTo(403);
        assertThat(status(request("/api/journeys").header("Sec-Fetch-Site", "same-site")))
                .isEqualTo(403);
        assertThat(status(request("/api/journeys"))).isEqualTo(200);
        assertThat(status(request("/api/journeys/unknown"))).isEqualTo(404);
    }

    @Test
    void showsWhatEachOfThreeDevicesIsTold() throws Exception {
        var borrower = borrower("pushed-" + UUID.randomUUID());
        var inbox = new HttpCalls(HttpCalls.client(), demo.file().urls().pushInbox(), "operator-page");
        for (var device : inbox.send("POST", "/devices", null, JSON.createObjectNode())) {
            borrower.registers(device);
        }

        var journeyId = borrower.begun();

        // An answer that was not understood would have it sent once more after two seconds.
        await().atMost(Duration.ofSeconds(90)).during(Duration.ofSeconds(6)).untilAsserted(() -> assertThat(
                        pushes(inbox))
                .extracting(push -> push.path("channel").asString())
                .containsExactlyInAnyOrder("WEB_PUSH", "FCM", "APNS"));
        assertThat(pushes(inbox)).allSatisfy(push -> {
            assertThat(push.path("title").asString()).isNotBlank();
            assertThat(push.path("body").asString()).isNotBlank();
            assertThat(push.toString()).doesNotContain(journeyId);
        });
        assertThat(body(HttpRequest.newBuilder(URI.create(demo.file().urls().pushInbox() + "/"))))
                .contains("WEB_PUSH, device", "FCM, device", "APNS, device");
        try (var visit = visit("operator-pushed", desk())) {
            visit.page().navigate(demo.file().urls().operatorPage() + "/#/journeys/" + journeyId);
            assertThat(visit.find(".passage[data-status=PROFILE_REQUIRED] [data-station=PUSHED]"))
                    .hasAttribute("data-state", "DONE");
        }
    }

    /**
     * The correlation id of a borrower's call whose answer was the first to tell a change. There are no webhooks meanwhile,
     * and session-service asks the platform by itself only every few seconds.
     */
    private static String flowThatWasHeard() throws IOException, InterruptedException {
        var page = new HttpCalls(HttpCalls.client(), demo.file().urls().operatorPage(), "operator-page");
        turn("webhooks", BooleanNode.FALSE);
        try {
            for (int attempt = 0; attempt < 5; attempt++) {
                var borrower = borrower("found-" + UUID.randomUUID());
                var journeyId = borrower.begun();
                become(journeyId, "KYC_PENDING", "COMPLETE_KYC");
                borrower.asks(journeyId);
                await().atMost(Duration.ofSeconds(60)).until(() -> page.get("/api/journeys?q=" + journeyId, null)
                        .at("/page/items/0/row/inStep")
                        .asBoolean());
                if (page.get("/api/journeys?q=" + borrower.correlationId(), null)
                                .at("/page/matching")
                                .asInt()
                        == 1) {
                    return borrower.correlationId();
                }
            }
            throw new AssertionError("no answer was heard before a poll");
        } finally {
            turn("webhooks", BooleanNode.TRUE);
        }
    }

    private static List<JsonNode> pushes(HttpCalls inbox) throws IOException, InterruptedException {
        return inbox.get("/pushes", null).valueStream().toList();
    }

    private static List<Instant> times(Locator passage, String... stations) {
        return List.of(stations).stream()
                .map(station ->
                        passage.locator("[data-station=" + station + "]").getAttribute("data-at"))
                .filter(at -> at != null)
                .map(Instant::parse)
                // Kafka's times are no finer.
                .map(at -> at.truncatedTo(ChronoUnit.MILLIS))
                .toList();
    }

    private static PageVisit visit(String name, Browser.NewContextOptions options) {
        return new PageVisit(
                chromium.browser().newContext(options), demo.file().urls().operatorPage(), name);
    }

    private static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1400, 900).setReducedMotion(ReducedMotion.REDUCE);
    }

    private static EdgeCaller borrower(String externalId) throws IOException, InterruptedException {
        return EdgeCaller.of(demo.file(), externalId);
    }

    private static void become(String journeyId, String status, String nextAction)
            throws IOException, InterruptedException {
        var state = JSON.createObjectNode().put("status", status).put("nextAction", nextAction);
        admin().send("POST", "/truth/journeys/" + journeyId + "/state", null, state);
    }

    private static void turn(String name, JsonNode value) throws IOException, InterruptedException {
        admin().send("PATCH", "/switches", null, JSON.createObjectNode().set(name, value));
    }

    private static HttpCalls admin() {
        return new HttpCalls(HttpCalls.client(), demo.file().urls().platformAdmin(), "operator-page");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(demo.file().urls().operatorPage() + path));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpCalls.client()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String body(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpCalls.client()) {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }
}

package dev.borrowerjourney.sandbox.demo.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a real browser, as a borrower uses it: by clicking, by keyboard, on a bad network, in two tabs. */
class BorrowerPageIT {

    private static final String PUSH_SERVICE = """
            globalThis.asked = 0;
            globalThis.subscribed = null;
            Object.defineProperty(Notification, 'permission', { get: () => (asked ? 'granted' : 'default') });
            Notification.requestPermission = async () => ((asked += 1), 'granted');
            PushManager.prototype.getSubscription = async () => subscribed;
            PushManager.prototype.subscribe = async () => {
                subscribed = {
                    toJSON: () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }),
                    unsubscribe: async () => ((subscribed = null), true),
                };
                return subscribed;
            };
            """;

    private static final Pattern DEVICE = Pattern.compile(".*/v1/devices/[0-9a-f-]{36}");

    /** In one evaluation: the page's policy forbids whatever Playwright would evaluate again and again. */
    private static final String SHELL_KEPT = """
            async () => {
                const shell = navigator.serviceWorker;
                if (!shell.controller) {
                    await new Promise(done => shell.addEventListener('controllerchange', done, { once: true }));
                }
            }
            """;

    private static final double OUTCOME_PACE = 8;

    private static WholeDemo demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        demo = WholeDemo.start(Path.of("target/borrower-page-it"));
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
    void leadsToTheMoneyByClickingAlone() throws Exception {
        try (var visit = visit("way", Chromium.phone())) {
            visit.at("signIn").start(borrower()).judge("profile");
            visit.press("Get my offers").judge("profile-problems");
            assertThat(visit.find("[name=panName]")).isFocused();
            visit.tell("ALL_WELL").at("offers");
            visit.press("Choose Banyan Finance for 24 months").judge("confirm").press("Yes, go on");

            visit.titled("Share your bank statements").at("redirect").agree();
            visit.titled("Confirm who you are").at("form");
            // Long enough to be looked at.
            pace(0.2);
            visit.fill().at("checking");
            pace(1);
            visit.titled("Your bank account").at("form").fill();
            visit.titled("Repay automatically").at("redirect").agree();
            visit.titled("Read and sign").at("redirect").agree();
            visit.at("loan");

            assertThat(visit.find("tbody tr:visible")).hasCount(6);
            visit.press("Show all 24").open("What happened so far").open("Pay early");
            assertThat(visit.find(".timeline .what").first()).hasText("Money sent");
            assertThat(visit.find(".timeline")).containsText("Your details are needed");
            visit.judge("loan-opened").press("Pay part early");
            assertThat(visit.find("td .badge.good")).hasCount(1);
            visit.open("Pay early")
                    .press("Pay everything and close")
                    .judge("closing")
                    .press("Yes, pay and close")
                    .at("closed");
        }
    }

    @Test
    void goesOnWhereItStoppedAfterReloadAndInAnotherTab() {
        try (var visit = visit("resume", Chromium.phone())) {
            visit.start(borrower()).tell("KYC_FAILS_ONCE").at("offers").page().reload();
            visit.at("offers").choose("Cedar Credit").titled("Share your bank statements");

            visit.tab();
            visit.titled("Share your bank statements").agree();

            visit.titled("Confirm who you are").fill();
            assertThat(visit.find(".note.warn")).containsText("The document could not be read.");
            visit.judge("step-failed-once").fill().titled("Your bank account");
        }
    }

    @Test
    void comesBackToTheTruthAfterTheNetworkWasAway() throws Exception {
        try (var visit = visit("offline", Chromium.phone())) {
            visit.announce("ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK_CHANGED");
            visit.start(borrower()).tell("ALL_WELL").at("offers");
            visit.page().evaluate(SHELL_KEPT);
            visit.page().context().setOffline(true);
            assertThat(visit.find(".connection")).hasText("Offline");
            visit.choose("Cedar Credit").find(".failure").waitFor();
            visit.judge("offline");
            become(visit.journeyId(), "EXPIRED", null);

            visit.page().context().setOffline(false);

            visit.at("expired");
            assertThat(visit.find(".connection")).hasText("Live");
            visit.page().context().setOffline(true);
            visit.page().reload();
            visit.titled("You are offline").judge("opened-offline");
            visit.page().context().setOffline(false);
            visit.titled("Your offers have expired")
                    .press("Start a new application")
                    .at("profile");
        }
    }

    /** The stream would take the second tab along, so it is kept from it: the platform alone decides. */
    @Test
    void showsAnOfferLockedInAnotherTab() {
        try (var visit = visit("tabs", Chromium.phone())) {
            visit.announce("409|ERR_FAILED");
            visit.start(borrower()).tell("ALL_WELL").at("offers");
            Page first = visit.page();
            var ours = demo.file().urls().edge() + "/v1/**";
            first.route(ours, route -> route.abort());
            first.context().setOffline(true);
            first.context().setOffline(false);
            assertThat(visit.find(".connection")).hasText("Connecting");
            visit.tab();
            visit.at("offers").choose("Cedar Credit").titled("Share your bank statements");

            visit.turnTo(first);
            visit.choose("Deodar Capital").titled("Your offers are locked");

            assertThat(visit.find("[data-offer=BLOCKED]")).hasCount(3);
            assertThat(visit.find("[data-offer=PROCEEDED]")).containsText("Cedar Credit");
            assertThat(visit.find(".failure")).containsText("already chosen another offer");
            assertThat(visit.find(".failure code")).not().isEmpty();
            visit.judge("locked");
            first.unroute(ours);
            visit.titled("Share your bank statements");
        }
    }

    @Test
    void tellsWhatIsNextAfterRejection() {
        try (var visit = visit("rejected", Chromium.phone())) {
            visit.start(borrower()).tell("NO_LENDER").at("rejected");
            visit.press("All my applications").at("home");
            visit.pressIn(".journey").at("rejected");
            visit.press("Start a new application").at("profile");
        }
    }

    @Test
    void asksForWhatIsMissingAndForConsentFirst() throws Exception {
        try (var visit = visit("asked", Chromium.phone())) {
            atPace(OUTCOME_PACE, () -> new PageOutcomes(visit).asked(borrower()));
        }
    }

    @Test
    void letsTroubleBePutRight() throws Exception {
        try (var visit = visit("mended", Chromium.phone())) {
            atPace(OUTCOME_PACE, () -> new PageOutcomes(visit).mended(borrower()));
        }
    }

    @Test
    void saysHonestlyHowItEnded() throws Exception {
        try (var visit = visit("ended", Chromium.phone())) {
            atPace(OUTCOME_PACE, () -> new PageOutcomes(visit).ended(borrower()));
        }
    }

    @Test
    void bearsWhatNobodyDocumentedAndWhatFailsForGood() {
        try (var visit = visit("unheard", Chromium.phone())) {
            new PageOutcomes(visit).unheardOf(borrower());
        }
    }

    /** These states pass too quickly on an ordinary way to be looked at, or are on none. */
    @Test
    void showsEachStateThatTheStreamTells() throws Exception {
        try (var visit = visit("states", Chromium.phone())) {
            visit.start(borrower());
            become(visit.journeyId(), "OFFERS_PENDING", "WAIT");
            visit.titled("Lenders are looking at your request").at("waiting");

            become(visit.journeyId(), "VIDEO_CALL_PENDING", "JOIN_VIDEO_CALL");
            visit.at("unknown");
            assertThat(visit.find(".facts")).containsText("JOIN_VIDEO_CALL");

            become(visit.journeyId(), "VIDEO_CALL_CHECKED", "WAIT");
            visit.titled("The lender is at work").at("waiting");

            become(visit.journeyId(), "PROFILE_REQUIRED", "COMPLETE_PROFILE");
            visit.at("profile")
                    .tell("ALL_WELL")
                    .at("offers")
                    .choose("Deodar Capital")
                    .at("redirect");
            become(visit.journeyId(), "OFFER_SELECTED", "WAIT");
            visit.titled("Your lender is getting ready").open("Other offers, now locked");
            assertThat(visit.find("[data-offer=BLOCKED]")).hasCount(3);
            visit.judge("locked");
        }
    }

    /** A browser of the tests has no push service behind it, so that part is played; the rest is the page's own. */
    @Test
    void asksForPushesOnlyWhenTheBorrowerChooses() throws Exception {
        try (var visit = visit("push", Chromium.phone())) {
            visit.page().context().addInitScript(PUSH_SERVICE);
            visit.page()
                    .context()
                    .route("**/v1/devices/web-push-key", route -> route.fulfill(json("webPushKey", "key")));
            var registered = new ArrayList<String>();
            visit.page().context().route(DEVICE, route -> {
                registered.add(route.request().method() + " " + route.request().postData());
                route.fulfill(json("channel", "WEB_PUSH"));
            });
            visit.page().reload();
            visit.start(borrower());
            become(visit.journeyId(), "OFFERS_PENDING", "WAIT");
            visit.titled("Lenders are looking at your request").judge("offered");
            assertThat(visit.page().evaluate("asked")).isEqualTo(0);
            assertThat(registered).isEmpty();

            visit.press("Yes, notify me");

            assertThat(visit.find(".push")).containsText("Done.");
            assertThat(registered).singleElement().satisfies(body -> assertThat(body)
                    .startsWith("PUT {")
                    .contains("\"channel\":\"WEB_PUSH\"", "\"endpoint\":\"https://push.example/1\"")
                    .contains("\"serverKey\":\"key\"", "\"locale\":\"en\"", "\"timeZone\":\"Asia/"));

            visit.press("Sign out").at("signIn");
            assertThat(registered).hasSize(2).last().asString().startsWith("DELETE ");
            assertThat(visit.page().evaluate("subscribed")).isNull();

            visit.page().fill("[name=borrower]", borrower());
            visit.page().waitForResponse(DEVICE, () -> visit.press("Continue").at("home"));
            assertThat(registered).hasSize(3).last().asString().startsWith("PUT ");
            assertThat(visit.page().evaluate("asked")).isEqualTo(1);
        }
    }

    @Test
    void speaksHindiOnSmallDarkPhone() {
        var small = Chromium.phone()
                .setViewportSize(320, 640)
                .setColorScheme(ColorScheme.DARK)
                .setLocale("hi-IN");
        try (var visit = visit("hindi", small)) {
            visit.at("signIn")
                    .press("आगे बढ़ें")
                    .at("home")
                    .pressIn("[data-type=GOLD_LOAN]")
                    .at("profile");
            visit.open("सैंडबॉक्स: मेरे लिए भरें")
                    .pressIn("[data-outcome=ALL_WELL]")
                    .press("मेरे प्रस्ताव दिखाएँ");
            visit.at("offers");
            assertThat(visit.title()).isEqualTo("आपके लिए 3 प्रस्ताव");
            assertThat(visit.find("html")).hasAttribute("lang", "hi");
            visit.press("Cedar Credit चुनें")
                    .press("हाँ, आगे बढ़ें")
                    .titled("अपनी पहचान की पुष्टि करें")
                    .at("form");

            visit.find("[name=documentLastFour]").fill("12");
            visit.press("English").titled("Confirm who you are");
            assertThat(visit.find("[name=documentLastFour]")).hasValue("12");
        }
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        try (var visit = visit("keyboard", Chromium.phone())) {
            var keys = new Keyboard(visit.at("signIn").page());
            keys.to("[type=submit]").press("Enter");
            visit.titled("What do you need?");
            keys.to("[data-type=GOLD_LOAN]").press("Enter");
            visit.titled("About you");
            keys.to(".sandbox summary")
                    .press("Space")
                    .to("[data-outcome=ALL_WELL]")
                    .press("Space");
            keys.to("form [type=submit]").press("Enter");
            visit.titled("3 offers for you");
            keys.to(".offer .button").press("Enter").to("dialog .primary").press("Enter");
            visit.titled("Confirm who you are").judge("focused");
            assertThat(visit.find("h1")).isFocused();
            keys.to("[name=documentLastFour]").type("1234").to("[name=consent]").press("Space");
            keys.to("form [type=submit]").press("Enter");
            visit.titled("Repay automatically");
            keys.to(".screen .primary").press("Enter");
            visit.page().waitForURL("**/pages/steps/**");
            keys.to("button.agree").press("Enter");
            visit.titled("Read and sign");
            keys.to(".screen .primary").press("Enter");
            visit.page().waitForURL("**/pages/steps/**");
            keys.to("[name=read]").press("Space").to("button.agree").press("Enter");
            visit.titled("The money is on its way");
        }
    }

    @Test
    void servesThePageUnderAPolicyOfItsOwn() {
        var edge = demo.file().urls().edge();
        try (var context = chromium.browser().newContext()) {
            var page = context.request().get(edge + "/");
            var manifest = context.request().get(edge + "/manifest.webmanifest");
            var refused = context.request().get(edge + "/v1/journeys");

            assertThat(page.headers().get("content-security-policy"))
                    .startsWith("default-src 'none'; script-src 'self'");
            assertThat(page.headers())
                    .containsEntry("cache-control", "no-cache")
                    .containsEntry("x-frame-options", "DENY");
            assertThat(manifest.headers()).containsEntry("content-type", "application/manifest+json");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers().get("content-security-policy")).doesNotContain("script-src 'self'");
            assertThat(refused.headers()).containsEntry("cache-control", "no-store");
        }
    }

    private static PageVisit visit(String name, Browser.NewContextOptions options) {
        return new PageVisit(
                chromium.browser().newContext(options), demo.file().urls().edge(), name);
    }

    private static Route.FulfillOptions json(String name, String value) {
        return new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(HttpCalls.JSON.createObjectNode().put(name, value).toString());
    }

    private static String borrower() {
        return "borrower-" + UUID.randomUUID();
    }

    /** Makes a state true at the platform that no ordinary journey comes to. */
    private static void become(String journeyId, String status, @Nullable String nextAction)
            throws IOException, InterruptedException {
        var admin = new HttpCalls(HttpCalls.client(), demo.file().urls().platformAdmin(), "borrower-page");
        var state = HttpCalls.JSON.createObjectNode().put("status", status).put("nextAction", nextAction);
        admin.send("POST", "/truth/journeys/" + journeyId + "/state", null, state);
    }

    private static void atPace(double pace, Runnable visit) throws IOException, InterruptedException {
        pace(pace);
        try {
            visit.run();
        } finally {
            pace(1);
        }
    }

    /** Makes the platform's waits that begin from now on longer or shorter. */
    private static void pace(double pace) throws IOException, InterruptedException {
        var admin = new HttpCalls(HttpCalls.client(), demo.file().urls().platformAdmin(), "borrower-page");
        admin.send("PUT", "/clock", null, HttpCalls.JSON.createObjectNode().put("pace", pace));
    }
}

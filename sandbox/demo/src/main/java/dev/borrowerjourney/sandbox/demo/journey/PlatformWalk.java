package dev.borrowerjourney.sandbox.demo.journey;

import static dev.borrowerjourney.sandbox.demo.journey.HttpCalls.JSON;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings a borrower's journey to a status straight at the platform, past this project's services, as the platform's own
 * page would: by the ordinary course where that leads there, else by force.
 */
public final class PlatformWalk {

    /** The course of a personal loan; a gold loan leaves some out. */
    private static final List<String> COURSE = List.of(
            "STARTED",
            "PROFILE_REQUIRED",
            "PROFILE_SUBMITTED",
            "OFFERS_PENDING",
            "OFFERS_AVAILABLE",
            "OFFER_SELECTED",
            "AA_REQUIRED",
            "KYC_PENDING",
            "BANK_MANDATE_PENDING",
            "E_MANDATE_PENDING",
            "LOAN_AGREEMENT_PENDING",
            "LENDER_PROCESSING",
            "DISBURSED");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 100_000_000;
    private static final String HEADLESS = "/api/v1/headless";

    private final SampleBorrower sample = new SampleBorrower();
    private final HttpCalls platform;
    private final HttpCalls admin;
    private final String sessionToken;
    private final @Nullable String active;

    /** Opens a session at the platform; makes the borrower if need be. */
    public PlatformWalk(HttpClient client, DemoFile demo, String borrowerExternalId)
            throws IOException, InterruptedException {
        var correlationId = UUID.randomUUID().toString();
        this.platform = new HttpCalls(client, demo.urls().platform(), correlationId);
        this.admin = new HttpCalls(client, demo.urls().platformAdmin(), correlationId);
        var session = platform.send(
                        "POST",
                        HEADLESS + "/sessions",
                        demo.platform().apiKey(),
                        JSON.createObjectNode().put("borrowerExternalID", borrowerExternalId))
                .path("data");
        this.sessionToken = session.path("sessionToken").asString();
        var journey = session.at("/activeJourney/journeyID").asString("");
        this.active = journey.isEmpty() ? null : journey;
    }

    /** The borrower's journey that is not over, or a new one of this type. */
    public String journey(String type) throws IOException, InterruptedException {
        return active == null
                ? send("/journeys", JSON.createObjectNode().put("type", type))
                        .path("journeyID")
                        .asString()
                : active;
    }

    /**
     * Goes on until the journey has the status.
     *
     * @param told of each status on the way
     * @return false if the ordinary course does not lead there from where the journey is
     */
    public boolean walk(String journeyId, String status, Consumer<String> told)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var last = "";
        while (System.nanoTime() < deadline) {
            var state = get("/journeys/" + journeyId + "/state");
            var present = state.path("status").asString();
            if (!present.equals(last)) {
                last = present;
                told.accept(present);
            }
            if (present.equals(status)) {
                return true;
            }
            if (!leads(present, status)) {
                return false;
            }
            act(journeyId, state.path("nextAction").asString(""));
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    /** Makes the status true, whatever was before. */
    public void force(String journeyId, String status, @Nullable String nextAction)
            throws IOException, InterruptedException {
        var state = JSON.createObjectNode().put("status", status).put("nextAction", nextAction);
        admin.send("POST", "/truth/journeys/" + journeyId + "/state", null, state);
    }

    /** The journey's snapshots as the platform itself knows them. */
    public List<JsonNode> snapshots(String journeyId) throws IOException, InterruptedException {
        return admin.get("/truth/journeys/" + journeyId, null)
                .path("snapshots")
                .valueStream()
                .toList();
    }

    static boolean leads(String from, String to) {
        return COURSE.contains(from) && COURSE.indexOf(to) > COURSE.indexOf(from);
    }

    private void act(String journeyId, String nextAction) throws IOException, InterruptedException {
        switch (nextAction) {
            case "COMPLETE_PROFILE" -> {
                platform.send("PUT", HEADLESS + "/profile", sessionToken, sample.data());
                send("/profile/submit", JSON.createObjectNode().put("journeyID", journeyId));
            }
            case "VIEW_OFFERS" -> {
                var offer = offer(journeyId, "AVAILABLE");
                if (offer != null) {
                    send("/offers/" + offer + "/proceed", JSON.createObjectNode());
                }
            }
            case "COMPLETE_AA", "COMPLETE_KYC", "SET_UP_BANK_MANDATE", "SET_UP_E_MANDATE", "SIGN_LOAN_AGREEMENT" ->
                submitStep(journeyId);
            default -> {
                // Nothing for the borrower to do: the next status comes by itself.
            }
        }
    }

    private void submitStep(String journeyId) throws IOException, InterruptedException {
        var offer = offer(journeyId, "PROCEEDED");
        for (var step : get("/offers/" + offer + "/steps").path("steps")) {
            if (step.path("status").asString().equals("ACTION_REQUIRED")) {
                send(
                        "/offers/" + offer + "/steps/" + step.path("stepID").asString() + "/submit",
                        sample.answer(step.path("resource")));
                return;
            }
        }
    }

    private @Nullable String offer(String journeyId, String status) throws IOException, InterruptedException {
        return get("/journeys/" + journeyId + "/offers")
                .path("offers")
                .valueStream()
                .filter(offer -> offer.path("status").asString().equals(status))
                .map(offer -> offer.path("offerID").asString())
                .findFirst()
                .orElse(null);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return platform.get(HEADLESS + path, sessionToken).path("data");
    }

    private JsonNode send(String path, JsonNode body) throws IOException, InterruptedException {
        return platform.send("POST", HEADLESS + path, sessionToken, body).path("data");
    }
}

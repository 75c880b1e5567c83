package dev.borrowerjourney.sandbox.demo.journey;

import static dev.borrowerjourney.sandbox.demo.journey.HttpCalls.JSON;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One borrower's app. What it does next is decided by the stream's latest state alone. */
public final class BorrowerApp implements AutoCloseable {

    /** States in which nothing more comes. */
    private static final Set<String> ENDS = Set.of("DISBURSED", "REJECTED", "EXPIRED", "CLOSED");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONFLICT = 409;
    private static final String PLATFORM = "/api/v1/headless";

    private final String borrowerExternalId;
    private final HttpCalls edge;
    private final HttpCalls identity;
    private final HttpStream stream;
    private final SampleBorrower sample = new SampleBorrower();
    private final List<Change> changes = new ArrayList<>();
    private @Nullable String sessionToken;
    private @Nullable String offerId;

    /**
     * Opens the app: a partner token, then the stream, so that it sees a journey from its first state on.
     *
     * @param edge the one origin
     * @param tokenUrl where the partner's identity provider gives tokens
     */
    public BorrowerApp(HttpClient client, String borrowerExternalId, String edge, String tokenUrl)
            throws IOException, InterruptedException {
        var correlationId = UUID.randomUUID().toString();
        this.borrowerExternalId = borrowerExternalId;
        this.edge = new HttpCalls(client, edge, correlationId);
        this.identity = new HttpCalls(client, tokenUrl, correlationId);
        this.stream = HttpStream.open(client, URI.create(edge + "/v1/stream"), this::partnerToken);
    }

    /** A new token of the partner's identity provider. */
    public String partnerToken() throws IOException, InterruptedException {
        var request = JSON.createObjectNode().put("borrowerExternalId", borrowerExternalId);
        return identity.send("POST", "", null, request).path("access_token").asString();
    }

    /** The token that the relay takes. */
    public String sessionToken() throws IOException, InterruptedException {
        if (sessionToken == null) {
            sessionToken = edge.send("POST", "/v1/sessions", partnerToken(), empty())
                    .path("sessionToken")
                    .asString();
        }
        return sessionToken;
    }

    /** Starts a journey at the platform, through the relay. */
    public String startJourney() throws IOException, InterruptedException {
        var journey = data(edge.send(
                "POST",
                PLATFORM + "/journeys",
                sessionToken(),
                JSON.createObjectNode().put("type", "PERSONAL_LOAN")));
        return journey.path("journeyID").asString();
    }

    /**
     * Goes on until the journey has come to an end.
     *
     * @param told of every change, in order
     * @return all changes that the stream showed
     */
    public List<Change> follow(String journeyId, Consumer<Change> told) throws IOException, InterruptedException {
        while (true) {
            var news = stream.next(PATIENCE).stream()
                    .filter(change -> change.journeyId().equals(journeyId))
                    .toList();
            if (news.isEmpty()) {
                throw new IOException("the stream shows nothing new for " + PATIENCE.toSeconds() + " s after "
                        + (changes.isEmpty() ? "the start" : changes.getLast().state()));
            }
            changes.addAll(news);
            news.forEach(told);
            var latest = news.getLast();
            if (ENDS.contains(latest.status())) {
                return List.copyOf(changes);
            }
            actUnlessLate(latest);
        }
    }

    /** A state that is shown late asks for what was done already; the platform is further, and tells so next. */
    private void actUnlessLate(Change latest) throws IOException, InterruptedException {
        try {
            act(latest);
        } catch (HttpCalls.RefusedException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
        }
    }

    /** A page of our own API, as this borrower. */
    public JsonNode read(String path) throws IOException, InterruptedException {
        return edge.get(path, partnerToken());
    }

    @Override
    public void close() {
        stream.close();
    }

    private void act(Change latest) throws IOException, InterruptedException {
        switch (latest.nextAction()) {
            case "COMPLETE_PROFILE" -> completeProfile(latest.journeyId());
            case "VIEW_OFFERS" -> chooseOffer(latest.journeyId());
            case "COMPLETE_AA", "COMPLETE_KYC", "SET_UP_BANK_MANDATE", "SET_UP_E_MANDATE", "SIGN_LOAN_AGREEMENT" ->
                submitStep();
            case null, default -> {
                // Nothing for the borrower to do: the next change comes by itself.
            }
        }
    }

    private void completeProfile(String journeyId) throws IOException, InterruptedException {
        edge.send("PUT", PLATFORM + "/profile", sessionToken(), sample.data());
        edge.send(
                "POST",
                PLATFORM + "/profile/submit",
                sessionToken(),
                JSON.createObjectNode().put("journeyID", journeyId));
    }

    private void chooseOffer(String journeyId) throws IOException, InterruptedException {
        var offers = data(edge.get(PLATFORM + "/journeys/" + journeyId + "/offers", sessionToken()));
        var available = offers.path("offers")
                .valueStream()
                .filter(offer -> offer.path("status").asString().equals("AVAILABLE"))
                .findFirst();
        if (available.isPresent()) {
            offerId = available.get().path("offerID").asString();
            edge.send("POST", PLATFORM + "/offers/" + offerId + "/proceed", sessionToken(), empty());
        } else if (offerId == null) {
            throw new IOException("no offer is available");
        }
    }

    private void submitStep() throws IOException, InterruptedException {
        var steps = data(edge.get(PLATFORM + "/offers/" + offerId + "/steps", sessionToken()));
        var step = steps.path("steps")
                .valueStream()
                .filter(each -> each.path("status").asString().equals("ACTION_REQUIRED"))
                .findFirst();
        if (step.isPresent()) {
            edge.send(
                    "POST",
                    PLATFORM + "/offers/" + offerId + "/steps/"
                            + step.get().path("stepID").asString() + "/submit",
                    sessionToken(),
                    sample.answer(step.get().path("resource")));
        }
    }

    private static JsonNode data(JsonNode envelope) {
        return envelope.path("data");
    }

    private static JsonNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}

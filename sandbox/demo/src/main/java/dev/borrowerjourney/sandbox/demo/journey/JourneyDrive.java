package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.JourneyResult.Timed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Drives one new borrower to the end of a journey and holds what the app saw against the read model and the truth. */
public final class JourneyDrive {

    private static final String WANTED = "DISBURSED";

    private final HttpClient client;
    private final DemoFile demo;
    private final HttpTruth truth;

    public JourneyDrive(HttpClient client, DemoFile demo) {
        this.client = client;
        this.demo = demo;
        this.truth = new HttpTruth(client, demo.urls().platformAdmin());
    }

    /**
     * One journey, with everything that went wrong in its result.
     *
     * @param told of every change as soon as the stream shows it
     */
    public JourneyResult drive(Consumer<Change> told) throws InterruptedException {
        var borrower = "borrower-" + UUID.randomUUID();
        try (var app = new BorrowerApp(
                client, borrower, demo.urls().edge(), demo.identity().tokenUrl())) {
            var journeyId = app.startJourney();
            var seen = new ArrayList<Change>();
            var problems = new ArrayList<String>();
            try {
                app.follow(journeyId, change -> {
                    seen.add(change);
                    told.accept(change);
                });
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            return compared(app, borrower, journeyId, seen, problems);
        } catch (IOException e) {
            return new JourneyResult(borrower, null, List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** A change that was just seen, with what the platform says of it now: one more call, so not for measuring many. */
    public Timed timed(Change change) throws IOException, InterruptedException {
        var snapshots = truth.journey(change.journeyId()).snapshots();
        int index = (int) change.version() - 1;
        return new Timed(change, index < snapshots.size() ? snapshots.get(index).firstSentAt() : null);
    }

    private JourneyResult compared(
            BorrowerApp app, String borrower, String journeyId, List<Change> seen, List<String> problems)
            throws IOException, InterruptedException {
        var known = truth.journey(journeyId);
        var sent = known.snapshots().stream().map(HttpTruth.Snapshot::state).toList();
        var shown = seen.stream().map(Change::state).toList();
        expect(problems, "stream", shown, sent);
        expect(problems, "truth", known.state().status(), WANTED);
        var current = app.read("/v1/journeys/" + journeyId);
        expect(problems, "read model", HttpTruth.state(current), known.state());
        expect(problems, "read model's version", current.path("version").asLong(), (long) sent.size());
        expect(problems, "timeline", timeline(app, journeyId), sent);
        return new JourneyResult(borrower, journeyId, timed(seen, known.snapshots()), List.copyOf(problems));
    }

    private static List<Change.State> timeline(BorrowerApp app, String journeyId)
            throws IOException, InterruptedException {
        var states = new ArrayList<Change.State>();
        @Nullable String cursor = "";
        while (cursor != null) {
            var page = app.read("/v1/journeys/" + journeyId + "/timeline?limit=100"
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items")
                    .valueStream()
                    .map(item -> HttpTruth.state(item.path("after")))
                    .forEach(states::add);
            cursor = next(page);
        }
        return states;
    }

    private static @Nullable String next(JsonNode page) {
        return page.path("next").isNull() || page.path("next").isMissingNode()
                ? null
                : page.path("next").asString();
    }

    /** The n-th change is the n-th snapshot as long as both lists agree, and where they do not that is told apart. */
    private static List<Timed> timed(List<Change> seen, List<HttpTruth.Snapshot> snapshots) {
        var timed = new ArrayList<Timed>();
        for (int i = 0; i < seen.size(); i++) {
            timed.add(new Timed(seen.get(i), i < snapshots.size() ? sentAt(seen.get(i), snapshots.get(i)) : null));
        }
        return timed;
    }

    private static @Nullable Instant sentAt(Change change, HttpTruth.Snapshot snapshot) {
        return snapshot.state().equals(change.state()) ? snapshot.firstSentAt() : null;
    }

    private static void expect(List<String> problems, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            problems.add(what + ": " + found + " (expected: " + expected + ")");
        }
    }
}

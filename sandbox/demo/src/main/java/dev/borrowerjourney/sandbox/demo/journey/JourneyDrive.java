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
        return new Timed(
                change, sentAt(change, truth.journey(change.journeyId()).snapshots()));
    }

    private JourneyResult compared(
            BorrowerApp app, String borrower, String journeyId, List<Change> seen, List<String> problems)
            throws IOException, InterruptedException {
        var known = truth.journey(journeyId);
        var sent = known.snapshots().stream().map(HttpTruth.Snapshot::state).toList();
        var shown = seen.stream().map(Change::state).toList();
        if (!passesOver(shown, sent)) {
            problems.add("stream: " + shown + " (expected: " + sent + ", or some of them in order, to the last)");
        }
        expect(problems, "truth", known.state().status(), WANTED);
        var current = app.read("/v1/journeys/" + journeyId);
        expect(problems, "read model", HttpTruth.state(current), known.state());
        expect(problems, "read model's version", current.path("version").asLong(), (long) shown.size());
        expect(problems, "timeline", timeline(app, journeyId), shown);
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

    /** Whether these are the states that were sent; where polling told a later one first, what it overtook is left out. */
    static <T> boolean passesOver(List<T> shown, List<T> sent) {
        int at = 0;
        for (var state : sent) {
            if (at < shown.size() && shown.get(at).equals(state)) {
                at++;
            }
        }
        return at == shown.size() && !shown.isEmpty() && shown.getLast().equals(sent.getLast());
    }

    private static List<Timed> timed(List<Change> seen, List<HttpTruth.Snapshot> snapshots) {
        return seen.stream()
                .map(change -> new Timed(change, sentAt(change, snapshots)))
                .toList();
    }

    private static @Nullable Instant sentAt(Change change, List<HttpTruth.Snapshot> snapshots) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.state().equals(change.state()))
                .findFirst()
                .map(HttpTruth.Snapshot::firstSentAt)
                .orElse(null);
    }

    private static void expect(List<String> problems, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            problems.add(what + ": " + found + " (expected: " + expected + ")");
        }
    }
}

package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.journey.JourneyFlow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what is true at the platform, so that a test need not believe any webhook. */
@RestController
@RequestMapping("/admin/truth")
class TruthController {

    private static final int LARGEST_PAGE = 1000;

    private final Borrowers borrowers;
    private final JourneyFlow flow;

    TruthController(Borrowers borrowers, JourneyFlow flow) {
        this.borrowers = borrowers;
        this.flow = flow;
    }

    /** A snapshot and what became of it; a running attempt is not among the attempts yet. */
    record SnapshotTruth(
            long position,
            String journeyId,
            String borrowerExternalId,
            UUID applicationId,
            String eventId,
            long sequence,
            String status,
            @Nullable String nextAction,
            String trigger,
            Instant generatedAt,
            Delivery.State delivery,
            List<Delivery.Attempt> attempts,
            @Nullable Instant firstSentAt,
            @Nullable Instant acknowledgedAt) {

        static SnapshotTruth of(Borrower borrower, Snapshot snapshot) {
            return new SnapshotTruth(
                    snapshot.position(),
                    snapshot.journeyId(),
                    borrower.externalId(),
                    borrower.applicationId(),
                    snapshot.eventId(),
                    snapshot.sequence(),
                    snapshot.status(),
                    snapshot.nextAction(),
                    snapshot.trigger(),
                    snapshot.generatedAt(),
                    snapshot.delivery().state(),
                    snapshot.delivery().attempts(),
                    snapshot.delivery().firstSentAt(),
                    snapshot.delivery().acknowledgedAt());
        }
    }

    record JourneyTruth(
            String journeyId,
            String borrowerExternalId,
            UUID applicationId,
            String type,
            String status,
            @Nullable String nextAction,
            Instant updatedAt,
            List<SnapshotTruth> snapshots) {

        static JourneyTruth of(Borrower borrower, Journey journey) {
            return new JourneyTruth(
                    journey.journeyId(),
                    borrower.externalId(),
                    borrower.applicationId(),
                    journey.type(),
                    journey.status(),
                    journey.nextAction(),
                    journey.updatedAt(),
                    borrower.snapshots().stream()
                            .filter(snapshot -> snapshot.journeyId().equals(journey.journeyId()))
                            .map(snapshot -> SnapshotTruth.of(borrower, snapshot))
                            .toList());
        }
    }

    record Journeys(List<JourneyTruth> items) {}

    /**
     * A page of all snapshots in the order of their positions.
     *
     * @param next what to ask after for the next page; the same again while there is nothing newer
     */
    record Snapshots(List<SnapshotTruth> items, long next) {}

    record Forced(@Nullable String status, @Nullable String nextAction) {}

    @GetMapping("/journeys/{journeyId}")
    JourneyTruth journey(@PathVariable String journeyId) {
        return truth(having(journeyId), journeyId);
    }

    @GetMapping("/journeys")
    Journeys journeys(@RequestParam String borrowerExternalId) {
        return new Journeys(borrowers.refs().stream()
                .filter(ref -> ref.externalId().equals(borrowerExternalId))
                .map(borrowers::get)
                .flatMap(borrower -> borrower.journeys().stream().map(journey -> JourneyTruth.of(borrower, journey)))
                .toList());
    }

    @GetMapping("/snapshots")
    Snapshots snapshots(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
        if (after < 0 || limit < 1 || limit > LARGEST_PAGE) {
            throw invalid("after must be at least 0, limit 1 to " + LARGEST_PAGE + ".");
        }
        List<SnapshotTruth> items = borrowers
                .snapshotsAfter(after)
                .limit(limit)
                .map(entry -> SnapshotTruth.of(entry.getValue(), entry.getKey()))
                .toList();
        return new Snapshots(items, items.isEmpty() ? after : items.getLast().position());
    }

    /** Makes any state true, so that tests can have what no ordinary journey shows. */
    @PostMapping("/journeys/{journeyId}/state")
    JourneyTruth force(@PathVariable String journeyId, @RequestBody Forced forced) {
        String status = forced.status();
        if (status == null || !status.matches("[A-Z0-9_]{1,64}")) {
            throw invalid("status must be 1 to 64 of A-Z, 0-9 and _.");
        }
        Borrower owner = having(journeyId);
        Borrower changed = borrowers.change(
                owner.ref(),
                borrower ->
                        flow.forced(borrower, borrower.journey(journeyId).orElseThrow(), status, forced.nextAction()));
        return truth(changed, journeyId);
    }

    private Borrower having(String journeyId) {
        return borrowers
                .having(journeyId)
                .filter(borrower -> borrower.journey(journeyId).isPresent())
                .orElseThrow(() -> notFound("journey"));
    }

    private static JourneyTruth truth(Borrower borrower, String journeyId) {
        return JourneyTruth.of(borrower, borrower.journey(journeyId).orElseThrow());
    }
}

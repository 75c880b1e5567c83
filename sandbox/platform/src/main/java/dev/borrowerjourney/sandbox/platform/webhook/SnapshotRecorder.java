package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.borrower.SnapshotNumbers;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes one snapshot of every change of a journey. */
@Component
public class SnapshotRecorder {

    private final SnapshotNumbers numbers;
    private final SnapshotBodies bodies;
    private final Subscriptions subscriptions;
    private final Listeners listeners;
    private final Faults faults;
    private final PlatformClock clock;

    SnapshotRecorder(
            SnapshotNumbers numbers,
            SnapshotBodies bodies,
            Subscriptions subscriptions,
            Listeners listeners,
            Faults faults,
            PlatformClock clock) {
        this.numbers = numbers;
        this.bodies = bodies;
        this.subscriptions = subscriptions;
        this.listeners = listeners;
        this.faults = faults;
        this.clock = clock;
    }

    /** The borrower with the journey moved on, and the snapshot that tells it. */
    public Borrower moved(
            Borrower borrower, Journey journey, String status, @Nullable String nextAction, String trigger) {
        return recorded(borrower, journey.moved(status, nextAction, nextInstant(borrower)), trigger);
    }

    /** The same for a change that leaves status and next action alone. */
    public Borrower changed(Borrower borrower, Journey journey, String trigger) {
        return recorded(borrower, journey, trigger);
    }

    private Borrower recorded(Borrower borrower, Journey journey, String trigger) {
        Borrower changed = borrower.with(journey);
        Snapshot snapshot = new Snapshot(
                numbers.next(),
                EventIds.next(),
                journey.journeyId(),
                journey.status(),
                journey.nextAction(),
                trigger,
                nextInstant(borrower),
                Delivery.lost(""));
        Occasion webhook =
                Occasion.webhook(borrower.externalId(), changed.snapshots().size());
        boolean told = faults.flag(Switch.WEBHOOKS, webhook)
                && (subscriptions.url(borrower.applicationId()).isPresent() || listeners.any());
        // Lost ones, too, say what was true now: one change may make several snapshots.
        String body = bodies.body(changed, snapshot);
        return changed.with(snapshot.with(told ? Delivery.pending(body) : Delivery.lost(body)));
    }

    /** No two snapshots of a borrower share a time: whoever has only times to go by can still tell them apart. */
    private Instant nextInstant(Borrower borrower) {
        Instant now = clock.now();
        if (borrower.snapshots().isEmpty()) {
            return now;
        }
        Instant afterLast = borrower.snapshots().getLast().generatedAt().plusMillis(1);
        return now.isBefore(afterLast) ? afterLast : now;
    }
}

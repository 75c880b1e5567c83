package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerListener;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Delivery;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.clock.Alarms;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings each snapshot to its subscriber at least once. First attempts of one borrower go out in order, each after the
 * former was answered or failed; retries go their own way. What is unfinished stands in the borrower's file, so a
 * start takes it up again.
 */
@Component
class WebhookDeliveries implements BorrowerListener {

    /** How soon a change of the switches counts for what waits, and a failure on this machine is over, perhaps. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Set<BorrowerRef> sending = ConcurrentHashMap.newKeySet();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Borrowers borrowers;
    private final WebhookAttempts attempts;
    private final Alarms alarms;
    private final EventLog log;
    private final Faults faults;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Webhook settings;

    WebhookDeliveries(
            Borrowers borrowers,
            WebhookAttempts attempts,
            Alarms alarms,
            EventLog log,
            Faults faults,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.borrowers = borrowers;
        this.attempts = attempts;
        this.alarms = alarms;
        this.log = log;
        this.faults = faults;
        this.clock = clock;
        this.settings = properties.webhook();
    }

    @Override
    public void changed(@Nullable Borrower before, Borrower after) {
        after.snapshots().stream()
                .filter(snapshot -> snapshot.delivery().state() == Delivery.State.PENDING)
                .forEach(snapshot -> {
                    Instant retryAt = snapshot.delivery().nextAttemptAt();
                    if (retryAt != null) {
                        alone(after.ref(), snapshot, retryAt);
                    } else if (faults.flag(Switch.REORDER, Messages.occasion(after, snapshot))) {
                        alone(after.ref(), snapshot, overtaking(Messages.occasion(after, snapshot)));
                    }
                });
        after.snapshots().stream()
                .skip(
                        before == null
                                ? after.snapshots().size()
                                : before.snapshots().size())
                .filter(snapshot -> snapshot.delivery().state() == Delivery.State.LOST)
                .forEach(snapshot -> log.lost(after, snapshot));
        if (firstUntried(after).isPresent() && sending.add(after.ref())) {
            alarms.now(() -> sendInOrder(after.ref()));
        }
    }

    private Instant overtaking(Occasion webhook) {
        long window = clock.paced(settings.reorderWindow()).toMillis();
        return clock.now().plusMillis((long) (window * faults.draw("reorder", webhook)));
    }

    /** Sends one snapshot at its own time; at most one such attempt of a snapshot is waited for. */
    private void alone(BorrowerRef ref, Snapshot snapshot, Instant at) {
        if (waiting.add(snapshot.eventId())) {
            alarms.at(at, () -> resuming(ref, () -> attempt(ref, snapshot.eventId())));
        }
    }

    /** What fails here, as on a full disk, is taken up again soon, or no later webhook of the borrower would be sent. */
    private void resuming(BorrowerRef ref, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            alarms.at(clock.now().plus(LOOK_AGAIN), () -> changed(null, borrowers.get(ref)));
            throw e;
        }
    }

    /** Until the attempt is over nobody else may begin one, so what it left to do is looked up afterwards. */
    private void attempt(BorrowerRef ref, String eventId) {
        try {
            attempts.attempt(ref, eventId);
        } finally {
            waiting.remove(eventId);
        }
        changed(null, borrowers.get(ref));
    }

    private void sendInOrder(BorrowerRef ref) {
        resuming(ref, () -> {
            try {
                sendNext(ref);
            } catch (RuntimeException e) {
                sending.remove(ref);
                throw e;
            }
        });
    }

    private void sendNext(BorrowerRef ref) {
        Borrower borrower = borrowers.get(ref);
        Optional<Snapshot> next = firstUntried(borrower);
        if (next.isEmpty()) {
            sending.remove(ref);
            // One may have come between the look and the removal; its own change() saw us still sending.
            if (firstUntried(borrowers.get(ref)).isPresent() && sending.add(ref)) {
                alarms.now(() -> sendInOrder(ref));
            }
            return;
        }
        Instant due = next.get().generatedAt().plusMillis(delay(Messages.occasion(borrower, next.get())));
        if (clock.now().isBefore(due)) {
            // Not at once when it is due: the delay may be switched off, or longer, by then.
            Instant look = clock.now().plus(LOOK_AGAIN);
            alarms.at(due.isBefore(look) ? due : look, () -> sendInOrder(ref));
            return;
        }
        if (waiting.add(next.get().eventId())) {
            attempt(ref, next.get().eventId());
        }
        alarms.now(() -> sendInOrder(ref));
    }

    private long delay(Occasion webhook) {
        long millis = faults.amount(Switch.DELAY_MILLIS, webhook);
        return millis > 0 && faults.hits(Switch.DELAYED, webhook) ? millis : 0;
    }

    private Optional<Snapshot> firstUntried(Borrower borrower) {
        return borrower.snapshots().stream()
                .filter(snapshot -> snapshot.delivery().untried())
                .filter(snapshot -> !waiting.contains(snapshot.eventId()))
                .findFirst();
    }
}

package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.notification.Decision.Defer;
import dev.borrowerjourney.notifier.notification.Decision.Drop;
import dev.borrowerjourney.notifier.notification.Decision.Send;
import dev.borrowerjourney.notifier.preference.Preferences;
import dev.borrowerjourney.notifier.push.JourneyReference;
import dev.borrowerjourney.notifier.push.Push;
import dev.borrowerjourney.notifier.push.PushOutcome;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Brings one claimed notification a step further. Each step is committed before the next, and no database connection is
 * held over a call, so a worker may end at any point: what it had begun is done again when its lease has ended.
 */
final class Delivery {

    /** How soon operators may have mounted what is missing. */
    private static final Duration UNREACHABLE = Duration.ofMinutes(1);

    private static final Set<Reason> NO_CALLS = Set.of(Reason.CHANNEL_OFF, Reason.CIRCUIT_OPEN);

    private final Tools tools;
    private final Occasions occasions;
    private final Decisions decisions;
    private final Backoff backoff;
    private final int maxAttempts;
    private final NotificationMetrics metrics;
    private final InstantSource clock;

    /** What it works with. */
    record Tools(PostgresNotifications notifications, Devices devices, Preferences preferences, PushSender sender) {}

    Delivery(
            Tools tools,
            Occasions occasions,
            Backoff backoff,
            int maxAttempts,
            NotificationMetrics metrics,
            InstantSource clock) {
        this.tools = tools;
        this.occasions = occasions;
        this.decisions = new Decisions(occasions);
        this.backoff = backoff;
        this.maxAttempts = maxAttempts;
        this.metrics = metrics;
        this.clock = clock;
    }

    void deliver(Claim claim) {
        if (claim.answerLost() && !lost(claim)) {
            return;
        }
        var facts = tools.notifications().facts(claim);
        var decision = decisions.on(
                claim, facts, () -> tools.preferences().of(claim.applicationId(), claim.borrower()), clock.instant());
        switch (decision) {
            case Drop(Outcome outcome) -> complete(claim, claim.begun() + 1, outcome);
            case Defer(var until) -> defer(claim, until);
            case Send(var timeToLive) ->
                tools.devices()
                        .find(claim.applicationId(), claim.deviceId())
                        .ifPresentOrElse(
                                device -> send(claim, device, timeToLive),
                                // It was there just now: its address does not open until its key is mounted.
                                () -> defer(claim, clock.instant().plus(UNREACHABLE)));
        }
    }

    private void defer(Claim claim, Instant until) {
        deferred(tools.notifications().defer(claim, until));
    }

    private void deferred(boolean kept) {
        if (kept) {
            metrics.deferred(1);
        } else {
            metrics.fenced();
        }
    }

    private boolean lost(Claim claim) {
        var last = claim.begun() >= maxAttempts;
        var kept = last
                ? tools.notifications().complete(claim, claim.begun(), Outcome.UNKNOWN)
                : tools.notifications().lost(claim);
        count(claim, Outcome.UNKNOWN, kept);
        return kept && !last;
    }

    private void send(Claim claim, Device device, Duration timeToLive) {
        var push = new Push(
                claim.kind(),
                JourneyReference.of(claim.borrower(), claim.journeyId()),
                claim.notificationId(),
                timeToLive,
                occasions.rule(claim.kind()).urgency());
        // Before the last look: whatever takes time between that and the call is time in which the change may be shown.
        var ready = tools.sender().prepare(push, device);
        if (tools.notifications().begin(claim, device.registrationId())) {
            settle(claim, claim.begun() + 1, device, ready.send());
        } else {
            // Things changed since one has looked, or another worker has it.
            defer(claim, clock.instant());
        }
    }

    private void settle(Claim claim, int attempt, Device device, PushOutcome outcome) {
        switch (outcome) {
            case PushOutcome.Accepted _ -> {
                metrics.accepted(Duration.between(claim.dueAt(), clock.instant()));
                complete(claim, attempt, Outcome.ACCEPTED);
            }
            case PushOutcome.Gone _ -> {
                tools.devices().gone(device);
                complete(claim, attempt, Outcome.GONE);
            }
            case PushOutcome.Refused _ -> complete(claim, attempt, Outcome.REFUSED);
            case PushOutcome.Later(var retryAfter, var reason)
            when NO_CALLS.contains(reason) -> notCalled(claim, retryAfter == null ? UNREACHABLE : retryAfter);
            case PushOutcome.Later later -> later(claim, attempt, later);
        }
    }

    /** So that the number of attempts is that of calls, and a push service may be away for long. */
    private void notCalled(Claim claim, Duration pause) {
        var until = clock.instant().plus(backoff.after(1, pause));
        deferred(tools.notifications().takeBack(claim, until));
    }

    private void later(Claim claim, int attempt, PushOutcome.Later later) {
        if (attempt >= maxAttempts) {
            complete(claim, attempt, Outcome.GIVEN_UP);
            return;
        }
        var pause = backoff.after(attempt, later.retryAfter());
        count(claim, Outcome.LATER, tools.notifications().again(claim, attempt, Outcome.LATER, pause));
    }

    private void complete(Claim claim, int attempt, Outcome outcome) {
        count(claim, outcome, tools.notifications().complete(claim, attempt, outcome));
    }

    private void count(Claim claim, Outcome outcome, boolean kept) {
        if (kept) {
            metrics.attempts(claim.channel(), outcome).increment();
        } else {
            metrics.fenced();
        }
    }
}

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
import dev.borrowerjourney.notifier.push.PushSender;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Brings one claimed notification a step further. Each step is committed before the next, and no database connection is
 * held over a call, so a worker may end at any point: what it had begun is done again when its lease has ended.
 */
final class Delivery {

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
        var device = tools.devices().find(claim.applicationId(), claim.deviceId());
        var preferences = tools.preferences().of(claim.applicationId(), claim.borrower());
        var facts = tools.notifications().facts(claim);
        switch (decisions.on(claim, facts, device, preferences, clock.instant())) {
            case Drop(Outcome outcome) -> complete(claim, claim.begun() + 1, outcome);
            case Defer(var until) -> {
                metrics.deferred();
                tools.notifications().defer(claim, until);
            }
            case Send(var timeToLive) -> send(claim, device.orElseThrow(), timeToLive);
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
        if (!tools.notifications().begin(claim)) {
            metrics.fenced();
            return;
        }
        int attempt = claim.begun() + 1;
        var push = new Push(
                claim.kind(),
                JourneyReference.of(claim.borrower(), claim.journeyId()),
                claim.notificationId(),
                timeToLive,
                occasions.rule(claim.kind()).urgency());
        switch (tools.sender().send(push, device)) {
            case PushOutcome.Accepted _ -> {
                metrics.accepted(Duration.between(claim.dueAt(), clock.instant()));
                complete(claim, attempt, Outcome.ACCEPTED);
            }
            case PushOutcome.Gone _ -> {
                tools.devices().gone(device);
                complete(claim, attempt, Outcome.GONE);
            }
            case PushOutcome.Refused _ -> complete(claim, attempt, Outcome.REFUSED);
            case PushOutcome.Later later -> later(claim, attempt, later);
        }
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

package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.notification.Decision.Defer;
import dev.borrowerjourney.notifier.notification.Decision.Drop;
import dev.borrowerjourney.notifier.notification.Decision.Send;
import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a push goes out. Knows no clock, no database and no push service. */
final class Decisions {

    /** A read model that went back in time has the journey again soon. */
    private static final Duration WITHOUT_JOURNEY = Duration.ofMinutes(1);

    /** The next look may be another version's. */
    private static final Duration NOT_UNDERSTOOD = Duration.ofMinutes(1);

    private final Occasions occasions;

    Decisions(Occasions occasions) {
        this.occasions = occasions;
    }

    /**
     * @param wishes asked only where they count: what has expired ends even if they cannot be read
     */
    Decision on(Claim claim, Facts facts, Supplier<PreferencesOfBorrower> wishes, Instant now) {
        if (!facts.registered()) {
            return new Drop(Outcome.DEVICE_REMOVED);
        }
        if (facts.acknowledged() >= claim.version()) {
            return new Drop(Outcome.SKIPPED_ACKNOWLEDGED);
        }
        if (movedOn(claim, facts)) {
            return new Drop(Outcome.SUPERSEDED);
        }
        if (!now.isBefore(claim.expiresAt())) {
            return new Drop(Outcome.EXPIRED);
        }
        var channel = facts.channel();
        if (channel == null) {
            return new Defer(now.plus(NOT_UNDERSTOOD));
        }
        var preferences = wishes.get();
        if (!preferences.wants(channel, claim.kind())) {
            return new Drop(Outcome.TURNED_OFF);
        }
        var wait =
                facts.current() == null ? Optional.of(now.plus(WITHOUT_JOURNEY)) : quietUntil(claim, preferences, now);
        return wait.<Decision>map(
                        until -> until.isBefore(claim.expiresAt()) ? new Defer(until) : new Drop(Outcome.EXPIRED))
                .orElseGet(() -> new Send(Duration.between(now, claim.expiresAt())));
    }

    /**
     * A later version alone is not enough: it may only bring another detail of the same step, and then nobody else tells
     * the borrower.
     */
    private boolean movedOn(Claim claim, Facts facts) {
        var current = facts.current();
        return current != null
                && current.version() > claim.version()
                && (facts.newer() || !occasions.in(current.core()).equals(Optional.of(claim.kind())));
    }

    private Optional<Instant> quietUntil(Claim claim, PreferencesOfBorrower preferences, Instant now) {
        var hours = preferences.quietHours();
        return hours == null || occasions.rule(claim.kind()).overridesQuietHours()
                ? Optional.empty()
                : QuietTime.endAt(hours, now);
    }
}

package dev.borrowerjourney.sandbox.demo.operator;

import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.HAPPENED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.LOGGED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PROJECTED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PUBLISHED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PUSHED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.RECEIVED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.SENT;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.SHOWN;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.DONE;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.FAILED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.SKIPPED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.UNTIMED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.WAITING;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one change has come. Its members are null where there is no such thing (yet).
 *
 * @param last whether the platform knows of no later change, so that a poll may still find this one
 */
record Stations(
        @Nullable Told told,
        @Nullable Logged record,
        @Nullable Projected version,
        boolean last,
        Journey.Seen seen,
        ReadModel readModel) {

    private static final Set<String> NEVER_ARRIVED = Set.of("REFUSED", "GONE", "GIVEN_UP");

    List<Station> all(List<Push> pushes) {
        return List.of(happened(), sent(), received(), logged(), projected(), published(), shown(), pushed(pushes));
    }

    private Station happened() {
        return told == null ? Station.of(HAPPENED, SKIPPED) : Station.done(HAPPENED, told.generatedAt(), null);
    }

    private Station sent() {
        if (told == null) {
            return Station.of(SENT, SKIPPED);
        }
        return switch (told.delivery()) {
            case "ACKNOWLEDGED" -> Station.done(SENT, told.firstSentAt(), null);
            case "PENDING" -> new Station(SENT, WAITING, told.firstSentAt(), null);
            default -> new Station(SENT, FAILED, told.firstSentAt(), null);
        };
    }

    private Station received() {
        if (record != null) {
            return Station.done(RECEIVED, record.receivedAt(), null);
        }
        var unread = quarantined();
        if (version == null && unread != null) {
            return Station.done(RECEIVED, unread.receivedAt(), null);
        }
        if (version == null) {
            return Station.of(RECEIVED, notHere());
        }
        return rebuilt() ? Station.of(RECEIVED, SKIPPED) : Station.done(RECEIVED, version.changedAt(), null);
    }

    private Station logged() {
        if (record != null) {
            return Station.done(LOGGED, record.writtenAt(), record.place());
        }
        var unread = quarantined();
        if (version == null && unread != null) {
            return new Station(LOGGED, FAILED, unread.writtenAt(), unread.place());
        }
        return version == null
                ? Station.of(LOGGED, notHere())
                : new Station(LOGGED, rebuilt() ? SKIPPED : UNTIMED, null, rebuilt() ? null : version.cause());
    }

    private Station projected() {
        if (version != null) {
            return Station.done(PROJECTED, version.committedAt(), null);
        }
        return Station.of(PROJECTED, record == null ? notHere() : applied(record) ? SKIPPED : WAITING);
    }

    private Station published() {
        if (version == null) {
            return Station.of(PUBLISHED, projected().state());
        }
        return seen.published().stream()
                .filter(each -> each.version() == version.version())
                .findFirst()
                .map(each -> Station.done(PUBLISHED, each.writtenAt(), each.place()))
                .orElseGet(() -> Station.of(PUBLISHED, laterWasPublished() ? UNTIMED : WAITING));
    }

    private Station shown() {
        if (version == null) {
            return Station.of(SHOWN, projected().state() == WAITING ? WAITING : SKIPPED);
        }
        var exact = seen.acknowledged().stream()
                .filter(each -> each.version() == version.version())
                .map(Acknowledged::at)
                .findFirst()
                .orElse(null);
        var greatest = readModel.acknowledged();
        if (exact == null && greatest != null && greatest.version() == version.version()) {
            return Station.done(SHOWN, greatest.at(), null);
        }
        if (exact != null || (greatest != null && greatest.version() > version.version())) {
            return Station.done(SHOWN, exact, null);
        }
        return Station.of(SHOWN, readModel.connectedSince() == null ? SKIPPED : WAITING);
    }

    private static Station pushed(List<Push> pushes) {
        var accepted = pushes.stream()
                .filter(push -> "ACCEPTED".equals(push.outcome()))
                .map(Push::completedAt)
                .filter(Objects::nonNull)
                .min(Comparator.<Instant>naturalOrder());
        if (accepted.isPresent()) {
            return new Station(PUSHED, DONE, accepted.get(), null);
        }
        if (pushes.stream().anyMatch(push -> push.outcome() == null)) {
            return Station.of(PUSHED, WAITING);
        }
        var failed = pushes.stream().map(Push::outcome).anyMatch(NEVER_ARRIVED::contains);
        return Station.of(PUSHED, failed ? FAILED : SKIPPED);
    }

    /** Of a change that no record tells: its webhook may come, or a poll if nothing has overtaken it. */
    private Station.State notHere() {
        if (told == null) {
            return SKIPPED;
        }
        if (quarantined() != null) {
            return last ? WAITING : SKIPPED;
        }
        return switch (told.delivery()) {
            case "PENDING" -> WAITING;
            // It came; what it wrote is older than what this page keeps.
            case "ACKNOWLEDGED" -> last ? WAITING : UNTIMED;
            default -> last ? WAITING : SKIPPED;
        };
    }

    private @Nullable Quarantined quarantined() {
        return told == null ? null : seen.quarantined().get(told.eventId());
    }

    private boolean applied(Logged record) {
        var applied = readModel.applied().get(record.place().partition());
        return applied != null && applied >= record.place().offset();
    }

    private boolean laterWasPublished() {
        return seen.published().stream()
                .anyMatch(
                        each -> each.version() > Objects.requireNonNull(version).version());
    }

    private boolean rebuilt() {
        return version != null && version.source().equals("REBUILD");
    }
}

package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.preference.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reckons with quiet hours by the borrower's wall clock: it is quiet whenever the clock shows a time in them. So a night
 * in which the clock is moved is shorter or longer than others.
 */
final class QuietTime {

    private QuietTime() {}

    /** When the quiet ends that there is now; empty if there is none. */
    static Optional<Instant> endAt(QuietHours hours, Instant now) {
        var local = now.atZone(hours.zone());
        if (!quiet(hours, local.toLocalTime())) {
            return Optional.empty();
        }
        var today = local.toLocalDate();
        return Stream.of(today.minusDays(1), today, today.plusDays(1), today.plusDays(2))
                .flatMap(day -> moments(hours, day))
                .filter(moment -> moment.isAfter(now))
                .filter(moment -> !quiet(hours, moment.atZone(hours.zone()).toLocalTime()))
                .findFirst();
    }

    private static boolean quiet(QuietHours hours, LocalTime time) {
        var begun = !time.isBefore(hours.from());
        var over = !time.isBefore(hours.until());
        return hours.from().isBefore(hours.until()) ? begun && !over : begun || !over;
    }

    /** When the clock shows, or passes over, the end on that day: twice if it is put back then. */
    private static Stream<Instant> moments(QuietHours hours, LocalDate day) {
        var end = day.atTime(hours.until());
        var rules = hours.zone().getRules();
        var offsets = rules.getValidOffsets(end);
        return offsets.isEmpty()
                ? Stream.of(Objects.requireNonNull(rules.getTransition(end)).getInstant())
                : offsets.stream().map(end::toInstant);
    }
}

package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.preference.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimeTest {

    @ParameterizedTest
    @CsvSource({
        // The night, over midnight.
        "Asia/Kolkata, 22:00, 08:00, 2026-03-01T21:59:59, ",
        "Asia/Kolkata, 22:00, 08:00, 2026-03-01T22:00:00, 2026-03-02T02:30:00Z",
        "Asia/Kolkata, 22:00, 08:00, 2026-03-02T07:59:59, 2026-03-02T02:30:00Z",
        "Asia/Kolkata, 22:00, 08:00, 2026-03-02T08:00:00, ",
        // Within a day.
        "Asia/Kolkata, 13:00, 15:00, 2026-03-02T14:00:00, 2026-03-02T09:30:00Z",
        "Asia/Kolkata, 13:00, 15:00, 2026-03-02T12:00:00, ",
        // The end is a time that the clock passes over: it is not quiet any more once it has.
        "Europe/Berlin, 22:00, 02:30, 2026-03-29T01:59:00, 2026-03-29T01:00:00Z",
        // The night is an hour shorter.
        "Europe/Berlin, 22:00, 08:00, 2026-03-28T23:00:00, 2026-03-29T06:00:00Z",
        // The night is an hour longer.
        "Europe/Berlin, 22:00, 08:00, 2026-10-24T23:00:00, 2026-10-25T07:00:00Z",
        // The clock shows the end twice, and the first time counts.
        "Europe/Berlin, 22:00, 02:30, 2026-10-25T01:00:00, 2026-10-25T00:30:00Z",
    })
    void endsWhenTheWallClockSaysSo(
            ZoneId zone, LocalTime from, LocalTime until, LocalDateTime now, @Nullable Instant end) {
        assertThat(QuietTime.endAt(
                        new QuietHours(from, until, zone), now.atZone(zone).toInstant()))
                .isEqualTo(Optional.ofNullable(end));
    }

    /** At 02:10 for the second time it is quiet again, until 02:30 for the second time. */
    @Test
    void isQuietAgainWhenTheClockWasPutBack() {
        var hours = new QuietHours(LocalTime.of(22, 0), LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));

        assertThat(QuietTime.endAt(hours, Instant.parse("2026-10-25T01:10:00Z")))
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
    }

    /** Whatever the hours and the zone: the end is the first minute that is not quiet, counted minute by minute. */
    @Test
    void agreesWithTheClockMinuteByMinute() {
        var random = new Random(20_261_025);
        var zones = Stream.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Beirut")
                .map(ZoneId::of)
                .toList();
        for (int trial = 0; trial < 4_000; trial++) {
            var zone = zones.get(random.nextInt(zones.size()));
            var from = LocalTime.ofSecondOfDay(60L * random.nextInt(1_440));
            var until = from.plusMinutes(1 + random.nextInt(1_438));
            var hours = new QuietHours(from, until, zone);
            var transition = zone.getRules().nextTransition(Instant.parse("2026-01-01T00:00:00Z"));
            var around = transition == null || random.nextInt(4) == 0
                    ? Instant.parse("2026-06-01T00:00:00Z")
                    : transition.getInstant();
            var now = around.plus(Duration.ofMinutes(random.nextInt(3_000) - 1_500));

            assertThat(QuietTime.endAt(hours, now)).as("%s at %s", hours, now).isEqualTo(counted(hours, now));
        }
    }

    private static Optional<Instant> counted(QuietHours hours, Instant now) {
        if (!quiet(hours, now)) {
            return Optional.empty();
        }
        return Stream.iterate(now, moment -> moment.plus(1, ChronoUnit.MINUTES))
                .filter(moment -> !quiet(hours, moment))
                .findFirst();
    }

    private static boolean quiet(QuietHours hours, Instant moment) {
        int time = minutes(moment.atZone(hours.zone()).toLocalTime());
        int length = Math.floorMod(minutes(hours.until()) - minutes(hours.from()), 1_440);
        return Math.floorMod(time - minutes(hours.from()), 1_440) < length;
    }

    private static int minutes(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }
}

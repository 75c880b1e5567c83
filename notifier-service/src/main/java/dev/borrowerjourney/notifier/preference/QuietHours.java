package dev.borrowerjourney.notifier.preference;

import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a borrower wants quiet, on every day; over midnight if until is before from.
 *
 * @param from the first quiet minute
 * @param until the first minute that is not quiet any more, another one than from
 */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {

    public QuietHours {
        if (from.equals(until)) {
            throw new IllegalArgumentException("quiet hours: from equals until (expected: two times)");
        }
    }
}

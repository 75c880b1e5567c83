package dev.borrowerjourney.ingest.snapshot;

import java.time.Instant;
import java.time.LocalDate;

/** Reads timestamps. Those in the usual form, UTC with up to nine digits of a fraction, cost a tenth of the library's way. */
final class Timestamps {

    private static final int WITHOUT_FRACTION = "2026-03-05T16:48:20Z".length();
    private static final int FRACTION = "2026-03-05T16:48:20.".length();
    private static final int MOST_FRACTION_DIGITS = 9;
    private static final String PATTERN = "dddd-dd-ddTdd:dd:dd";

    private Timestamps() {}

    /**
     * Reads what {@link Instant#parse} reads, to the same instant.
     *
     * @throws java.time.DateTimeException if it reads none
     */
    static Instant parse(String text) {
        return usual(text) ? parseUsual(text) : Instant.parse(text);
    }

    private static boolean usual(String text) {
        int length = text.length();
        if (length < WITHOUT_FRACTION
                || length > FRACTION + MOST_FRACTION_DIGITS + 1
                || length == FRACTION + 1
                || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            if (expected == 'd' ? !digit(text.charAt(i)) : text.charAt(i) != expected) {
                return false;
            }
        }
        if (length > WITHOUT_FRACTION && text.charAt(FRACTION - 1) != '.') {
            return false;
        }
        for (int i = FRACTION; i < length - 1; i++) {
            if (!digit(text.charAt(i))) {
                return false;
            }
        }
        // 24:00:00 and leap seconds are the library's to judge.
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
    }

    private static Instant parseUsual(String text) {
        var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        long second = number(text, 11, 13) * 3_600L + number(text, 14, 16) * 60L + number(text, 17, 19);
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + second, nanos(text));
    }

    private static long nanos(String text) {
        long nanos = 0;
        for (int i = 0; i < MOST_FRACTION_DIGITS; i++) {
            int at = FRACTION + i;
            nanos = nanos * 10 + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.MimeType;
import org.springframework.util.unit.DataSize;

/**
 * Settings for the relay.
 *
 * @param largestAnswer the largest JSON answer that is looked through; a larger one is refused
 * @param largestRepeatable the largest request body that is kept, so that the call can be repeated with a renewed token
 * @param removeAmbiguous whether members that may be internals of the network, or may not, are removed, too
 * @param streamedTypes the types besides JSON that an answer may have; they pass as they are
 * @param timeouts how long the platform may take
 * @param limits how much is sent on
 * @param circuit when nothing is sent on for a while, because the platform fails
 */
@ConfigurationProperties(prefix = "session.relay", ignoreUnknownFields = false)
record RelayProperties(
        @DefaultValue("1MB") DataSize largestAnswer,
        @DefaultValue("64KB") DataSize largestRepeatable,
        @DefaultValue("false") boolean removeAmbiguous,
        @DefaultValue("application/pdf") List<MimeType> streamedTypes,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Limits limits,
        @DefaultValue CircuitSettings circuit) {

    private static final DataSize MOST = DataSize.ofMegabytes(16);

    RelayProperties {
        require(
                "largest-answer",
                largestAnswer,
                largestAnswer.toBytes() > 0 && largestAnswer.compareTo(MOST) <= 0,
                "above zero, at most " + MOST);
        require(
                "largest-repeatable",
                largestRepeatable,
                !largestRepeatable.isNegative() && largestRepeatable.compareTo(MOST) <= 0,
                "at least zero, at most " + MOST);
        for (var type : streamedTypes) {
            require(
                    "streamed-types",
                    type,
                    mayBeStreamed(type),
                    "a full type that is not JSON, such as application/pdf");
        }
        streamedTypes = List.copyOf(streamedTypes);
    }

    /** What is streamed is not looked through, so JSON under any name must not be. */
    private static boolean mayBeStreamed(MimeType type) {
        return type.isConcrete()
                && type.getParameters().isEmpty()
                && !type.getSubtype().toLowerCase(Locale.ROOT).contains("json");
    }

    /**
     * How long the platform may take for an answer.
     *
     * @param firstByte until it begins, counted from the last byte of the request that went out
     * @param idle between two parts of it
     * @param whole for all of it, counted from when the call went out
     */
    record Timeouts(
            @DefaultValue("10s") Duration firstByte,
            @DefaultValue("10s") Duration idle,
            @DefaultValue("2m") Duration whole) {

        private static final Duration LONGEST = Duration.ofHours(1);

        Timeouts {
            check("first-byte", firstByte);
            check("idle", idle);
            check("whole", whole);
        }

        private static void check(String setting, Duration found) {
            require(
                    "timeouts." + setting,
                    found,
                    found.isPositive() && found.compareTo(LONGEST) <= 0,
                    "above zero, at most " + LONGEST);
        }
    }

    /**
     * How much one instance sends on.
     *
     * @param callsPerSecond of all borrowers together, on average
     * @param burst of all borrowers together, after a pause
     * @param mostAtOnce of all borrowers together, under way at a time
     * @param borrowerCallsPerSecond of one borrower, on average
     * @param borrowerBurst of one borrower, after a pause
     * @param borrowerMostAtOnce of one borrower, under way at a time
     */
    record Limits(
            @DefaultValue("5000") int callsPerSecond,
            @DefaultValue("10000") int burst,
            @DefaultValue("500") int mostAtOnce,
            @DefaultValue("20") int borrowerCallsPerSecond,
            @DefaultValue("400") int borrowerBurst,
            @DefaultValue("250") int borrowerMostAtOnce) {

        private static final int MOST = 1_000_000;

        Limits {
            check("calls-per-second", callsPerSecond);
            check("burst", burst);
            check("most-at-once", mostAtOnce);
            check("borrower-calls-per-second", borrowerCallsPerSecond);
            check("borrower-burst", borrowerBurst);
            check("borrower-most-at-once", borrowerMostAtOnce);
        }

        Rate rate() {
            return new Rate(callsPerSecond, burst);
        }

        Rate borrowerRate() {
            return new Rate(borrowerCallsPerSecond, borrowerBurst);
        }

        private static void check(String setting, int found) {
            require("limits." + setting, found, found > 0 && found <= MOST, "1 to " + MOST);
        }
    }

    /**
     * When calls are held back.
     *
     * @param failurePercent so many of the calls of a window have failed
     * @param window the last calls that are looked at
     * @param leastCalls fewer calls within the window say nothing
     * @param openFor how long nothing is sent
     * @param trialCalls how many are sent then, to find out
     */
    record CircuitSettings(
            @DefaultValue("50") int failurePercent,
            @DefaultValue("10s") Duration window,
            @DefaultValue("20") int leastCalls,
            @DefaultValue("5s") Duration openFor,
            @DefaultValue("5") int trialCalls) {

        private static final Duration LONGEST = Duration.ofMinutes(5);

        CircuitSettings {
            require("circuit.failure-percent", failurePercent, failurePercent > 0 && failurePercent <= 100, "1 to 100");
            require(
                    "circuit.window",
                    window,
                    window.toSeconds() > 0 && window.compareTo(LONGEST) <= 0,
                    "1 s to " + LONGEST);
            require("circuit.least-calls", leastCalls, leastCalls > 0 && leastCalls <= 10_000, "1 to 10000");
            require(
                    "circuit.open-for",
                    openFor,
                    openFor.isPositive() && openFor.compareTo(LONGEST) <= 0,
                    "above zero, at most " + LONGEST);
            require("circuit.trial-calls", trialCalls, trialCalls > 0 && trialCalls <= 1_000, "1 to 1000");
        }
    }

    private static void require(String setting, Object found, boolean met, String expected) {
        if (!met) {
            throw new IllegalArgumentException(
                    "session.relay." + setting + ": " + found + " (expected: " + expected + ")");
        }
    }
}

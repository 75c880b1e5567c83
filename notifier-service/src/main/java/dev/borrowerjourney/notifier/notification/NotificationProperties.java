package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.push.Urgency;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which changes are worth a push, and how pushes are sent. The defaults of the kinds stand in application.yaml.
 *
 * @param enabled whether this instance hears of changes and sends
 * @param kinds what calls for each kind, and how it is sent
 * @param mostAtOnce calls of this instance that may be under way at a time
 * @param lease how long a worker that does not come back holds a notification; longer than any call takes, see {@link
 *     #requireLeaseBeyond}
 * @param maxAttempts after so many calls without a final answer it is given up
 * @param backoffLeast the pause after the first call that failed; each later one is up to twice as long
 * @param backoffMost the longest pause
 * @param retention how long rows are kept after the end, so that a change that is heard again is recognised
 */
@ConfigurationProperties("notifier.notification")
record NotificationProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<Kind, Rule> kinds,
        @DefaultValue("32") int mostAtOnce,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("60") int maxAttempts,
        @DefaultValue("2s") Duration backoffLeast,
        @DefaultValue("30m") Duration backoffMost,
        @DefaultValue("7d") Duration retention) {

    private static final Duration LONGEST_LIFE = Duration.ofDays(28);
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(24);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(366);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    /** What a worker needs beside the call: a few statements, and time to wait for a connection. */
    private static final Duration BESIDE_CALL = Duration.ofSeconds(5);

    NotificationProperties {
        kinds = complete(kinds);
        requireDistinct(kinds, "statuses", Rule::statuses);
        requireDistinct(kinds, "next-actions", Rule::nextActions);
        require("most-at-once", mostAtOnce, mostAtOnce >= 1 && mostAtOnce <= 1_000, "1 to 1000");
        require(
                "lease",
                lease,
                lease.compareTo(Duration.ofSeconds(1)) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0,
                "1s to 10m");
        require("max-attempts", maxAttempts, maxAttempts >= 1 && maxAttempts <= 1_000, "1 to 1000");
        require("backoff-least", backoffLeast, backoffLeast.isPositive(), "longer than 0s");
        require(
                "backoff-most",
                backoffMost,
                backoffMost.compareTo(backoffLeast) >= 0 && backoffMost.compareTo(LONGEST_BACKOFF) <= 0,
                "at least notifier.notification.backoff-least, at most 24h");
        require("retention", retention, retention.compareTo(LONGEST_RETENTION) <= 0, "at most 366d");
        for (var rule : kinds.values()) {
            require("retention", retention, retention.compareTo(rule.timeToLive()) >= 0, "at least every time-to-live");
        }
    }

    /**
     * What calls for a kind, and how it is sent.
     *
     * @param statuses of the journey that call for it
     * @param nextActions that call for it, whatever the status
     * @param unlessNextActions with which a status does not call for it: nothing is to be done by the borrower
     * @param after how long a device that is connected has for showing the change itself
     * @param timeToLive nobody is told later than this after the change
     * @param urgency whether it may wake a device that saves its battery
     * @param overridesQuietHours whether it is sent in the borrower's quiet hours, too
     */
    record Rule(
            @DefaultValue Set<String> statuses,
            @DefaultValue Set<String> nextActions,
            @DefaultValue Set<String> unlessNextActions,
            @DefaultValue("5s") Duration after,
            @DefaultValue("24h") Duration timeToLive,
            @DefaultValue("NORMAL") Urgency urgency,
            @DefaultValue("false") boolean overridesQuietHours) {

        Rule {
            statuses = Set.copyOf(statuses);
            nextActions = Set.copyOf(nextActions);
            unlessNextActions = Set.copyOf(unlessNextActions);
        }
    }

    /** A lease that ends amid a call has the push sent twice each time, so it must not be near what a call may take. */
    void requireLeaseBeyond(Duration call) {
        require(
                "lease",
                lease,
                lease.compareTo(call.multipliedBy(2).plus(BESIDE_CALL)) > 0,
                "longer than twice notifier.push.timeout and 5s, of " + call);
    }

    private static Map<Kind, Rule> complete(Map<Kind, Rule> given) {
        var complete = new EnumMap<Kind, Rule>(Kind.class);
        for (var kind : Kind.values()) {
            var rule = given.get(kind);
            if (rule == null) {
                throw refusal("kinds." + name(kind), "missing", "its statuses and next-actions, or none of them");
            }
            var setting = "kinds." + name(kind);
            require(setting + ".after", rule.after(), !rule.after().isNegative(), "0s or longer");
            require(
                    setting + ".time-to-live",
                    rule.timeToLive(),
                    rule.timeToLive().compareTo(rule.after()) > 0
                            && rule.timeToLive().compareTo(LONGEST_LIFE) <= 0,
                    "longer than its after, at most 28d, which is all that push services keep");
            complete.put(kind, rule);
        }
        return Collections.unmodifiableMap(complete);
    }

    private static void requireDistinct(Map<Kind, Rule> kinds, String setting, Function<Rule, Set<String>> values) {
        var seen = new HashSet<String>();
        kinds.forEach((kind, rule) -> {
            for (var value : values.apply(rule)) {
                require(
                        "kinds." + name(kind) + "." + setting,
                        List.of(value),
                        seen.add(value),
                        "each for one kind only");
            }
        });
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void require(String setting, Object found, boolean met, String expected) {
        if (!met) {
            throw refusal(setting, found, expected);
        }
    }

    private static IllegalArgumentException refusal(String setting, Object found, String expected) {
        return new IllegalArgumentException(
                "notifier.notification." + setting + ": " + found + " (expected: " + expected + ")");
    }
}

package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for asking the platform about journeys.
 *
 * @param enabled whether it is asked at all
 * @param active between two looks at a journey whose borrower is at a step, or has just done something, and watches
 * @param passive between two looks at a journey that waits for the lender, and whose borrower watches
 * @param quiet between two looks at any other journey, give or take a fifth
 * @param justActed how long a borrower has just done something
 * @param giveUpAfter a journey is not asked about so long after its last change
 * @param republishAfter an unchanged state is not published again within this time
 * @param requestsPerSecond the budget of one application, over all instances
 * @param mostAtOnce calls of one instance that may be under way at a time
 * @param withoutSession whether a platform session is opened for borrowers who have no session, to ask about their journeys
 */
@ConfigurationProperties(prefix = "session.reconciliation", ignoreUnknownFields = false)
record ReconciliationProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Active active,
        @DefaultValue Passive passive,
        @DefaultValue("5m") Duration quiet,
        @DefaultValue("30s") Duration justActed,
        @DefaultValue("30d") Duration giveUpAfter,
        @DefaultValue("5m") Duration republishAfter,
        @DefaultValue("20") double requestsPerSecond,
        @DefaultValue("16") int mostAtOnce,
        @DefaultValue("false") boolean withoutSession) {

    ReconciliationProperties {
        require("quiet", quiet, quiet.compareTo(passive.most()) >= 0, "at least the passive.most " + passive.most());
        require("just-acted", justActed, !justActed.isNegative(), "at least zero");
        require("give-up-after", giveUpAfter, giveUpAfter.isPositive(), "above zero");
        require("republish-after", republishAfter, !republishAfter.isNegative(), "at least zero");
        require(
                "requests-per-second",
                requestsPerSecond,
                requestsPerSecond > 0 && requestsPerSecond <= 10_000,
                "above 0, at most 10000");
        require("most-at-once", mostAtOnce, mostAtOnce > 0 && mostAtOnce <= 1_000, "1 to 1000");
    }

    /** The shortest and the longest pause of an active journey. */
    record Active(
            @DefaultValue("2s") Duration least,
            @DefaultValue("4500ms") Duration most) {

        Active {
            check("active", least, most);
        }
    }

    /** The shortest and the longest pause of a passive journey. */
    record Passive(
            @DefaultValue("10s") Duration least,
            @DefaultValue("19s") Duration most) {

        Passive {
            check("passive", least, most);
        }
    }

    private static void check(String pace, Duration least, Duration most) {
        require(pace + ".least", least, least.isPositive(), "above zero");
        require(pace + ".most", most, most.compareTo(least) >= 0, "at least the least " + least);
    }

    private static void require(String setting, Object found, boolean met, String expected) {
        if (!met) {
            throw new IllegalArgumentException(
                    "session.reconciliation." + setting + ": " + found + " (expected: " + expected + ")");
        }
    }
}

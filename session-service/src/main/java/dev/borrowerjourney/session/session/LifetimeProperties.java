package dev.borrowerjourney.session.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for how long a session lives.
 *
 * @param idle a session unused for so long ends
 * @param absolute a session ends so long after it was created, however much it is used
 * @param replacedToken how long a token still works after another one replaced it, so that calls under way do not fail
 * @param lookUp for how long a look-up of a token is remembered; an ended session may be relayed for so long by another
 *     instance
 * @param withoutDatabase for how long after it was last confirmed a session that was seen is relayed while the database is
 *     away; zero for never
 */
@ConfigurationProperties(prefix = "session.lifetime", ignoreUnknownFields = false)
record LifetimeProperties(
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration absolute,
        @DefaultValue("60s") Duration replacedToken,
        @DefaultValue("5s") Duration lookUp,
        @DefaultValue("5m") Duration withoutDatabase) {

    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(30);

    private static final Duration LONGEST_WITHOUT_DATABASE = Duration.ofMinutes(15);

    LifetimeProperties {
        if (!idle.isPositive() || idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("session.lifetime.idle: " + idle
                    + " (expected: above zero, at most the absolute " + absolute + ")");
        }
        if (replacedToken.isNegative() || replacedToken.compareTo(idle) > 0) {
            throw new IllegalArgumentException("session.lifetime.replaced-token: " + replacedToken
                    + " (expected: at least zero, at most the idle " + idle + ")");
        }
        if (lookUp.isNegative() || lookUp.compareTo(LONGEST_LOOK_UP) > 0) {
            throw new IllegalArgumentException("session.lifetime.look-up: " + lookUp
                    + " (expected: at least zero, at most " + LONGEST_LOOK_UP + ")");
        }
        // Uses are not noted meanwhile, and a session that is used all the time must not be taken for idle afterwards.
        if (withoutDatabase.isNegative()
                || withoutDatabase.compareTo(LONGEST_WITHOUT_DATABASE) > 0
                || withoutDatabase.compareTo(idle.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("session.lifetime.without-database: " + withoutDatabase
                    + " (expected: at least zero, at most " + LONGEST_WITHOUT_DATABASE + " and half of the idle " + idle
                    + ")");
        }
    }
}

package dev.borrowerjourney.sandbox.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Everything that can be turned about the platform's conduct, and what it means: the catalogue that others show. */
public enum Switch {
    WEBHOOKS(Group.WEBHOOKS, Kind.FLAG, 1, "False: what changes meanwhile, and what waits for a retry, is never sent"),
    DROPPED(Group.WEBHOOKS, Kind.SHARE, 0, "Webhooks that are lost for good before their first attempt"),
    DUPLICATES(Group.WEBHOOKS, Kind.SHARE, 0, "Webhooks sent a second time right after their first success"),
    REORDER(Group.WEBHOOKS, Kind.FLAG, 0, "First attempts overtake one another within `webhook.reorder-window`"),
    DELAY_MILLIS(Group.WEBHOOKS, Kind.MILLIS, 0, "How long first attempts wait after the change, in order"),
    DELAYED(Group.WEBHOOKS, Kind.SHARE, 1, "Webhooks that `delayMillis` concerns"),
    CORRUPTED_BODIES(
            Group.WEBHOOKS, Kind.SHARE, 0, "Attempts whose body loses a byte to another one after it was signed"),
    TRUNCATED_BODIES(Group.WEBHOOKS, Kind.SHARE, 0, "Webhooks whose JSON ends in the middle, and is signed so"),
    OLD_SECRET(
            Group.WEBHOOKS,
            Kind.SHARE,
            0,
            "Attempts signed with the secret before the present one; without one as `wrongSecret`"),
    WRONG_SECRET(Group.WEBHOOKS, Kind.SHARE, 0, "Attempts signed with a secret that nobody knows"),
    SKEW_MILLIS(
            Group.WEBHOOKS,
            Kind.SIGNED_MILLIS,
            0,
            "How far the sender's clock is ahead, in header and body; behind if below 0"),
    SKEWED(Group.WEBHOOKS, Kind.SHARE, 1, "Attempts that `skewMillis` concerns"),
    WITHOUT_SEQUENCE(Group.WEBHOOKS, Kind.SHARE, 0, "Webhooks without `sequence`"),
    SEQUENCE_RESTART(
            Group.WEBHOOKS,
            Kind.FLAG,
            0,
            "Snapshots from now on count from 1 again, as after a loss of the sender's data"),
    REBUILD_ON_RETRY(Group.WEBHOOKS, Kind.FLAG, 0, "A retry carries the newest state under the same event id"),
    SIGN_ON_RETRY(Group.WEBHOOKS, Kind.FLAG, 1, "A retry has a new timestamp and signature"),
    SUBSCRIPTION_LOSS_MILLIS(
            Group.WEBHOOKS,
            Kind.MILLIS,
            0,
            "Every so often all subscriptions are removed behind the partner's back; 0 for never"),

    SLOW_ANSWERS(Group.ANSWERS, Kind.SHARE, 0, "Calls that are done at once and answered after `slowMillis`"),
    SLOW_MILLIS(Group.ANSWERS, Kind.MILLIS, 3_000, "How long a slow answer takes"),
    CUT_CALLS(Group.ANSWERS, Kind.SHARE, 0, "Calls whose connection is cut before anything is done"),
    LOST_ANSWERS(
            Group.ANSWERS, Kind.SHARE, 0, "Calls that are done, and whose connection is cut in place of an answer"),
    TRUNCATED_ANSWERS(Group.ANSWERS, Kind.SHARE, 0, "Calls that are done, and whose answer is cut off in the middle"),
    HTML_ANSWERS(Group.ANSWERS, Kind.SHARE, 0, "Calls answered 502 with a proxy's page of HTML, and not done"),
    FAILED_ANSWERS(Group.ANSWERS, Kind.SHARE, 0, "Calls answered 500, and not done"),
    TOO_MANY_REQUESTS(Group.ANSWERS, Kind.SHARE, 0, "Calls answered 429 with `Retry-After`, and not done"),
    RETRY_AFTER_SECONDS(Group.ANSWERS, Kind.SECONDS, 1, "What `Retry-After` says then"),

    REPLICA_LAG_MILLIS(Group.READS, Kind.MILLIS, 0, "GET answers what was true this long ago"),

    END_OLDER_SESSION(Group.SESSIONS, Kind.FLAG, 0, "A new login ends the borrower's earlier sessions"),
    TOKEN_LIFE_MILLIS(
            Group.SESSIONS,
            Kind.MILLIS,
            0,
            "Session tokens expire after this long, whatever they say; 0 for as they say"),
    LOST_REFRESHES(
            Group.SESSIONS, Kind.SHARE, 0, "Renewals that rotate the refresh token, and whose connection is cut then"),

    SEED(
            Group.SEED,
            Kind.NUMBER,
            1,
            "Decides every share and jitter; setting it, to the same value too, begins counting anew");

    /** What a switch concerns. */
    public enum Group {
        WEBHOOKS,
        ANSWERS,
        READS,
        SESSIONS,
        SEED
    }

    /** What values a switch takes, from {@code minimum} to {@code maximum}. */
    public enum Kind {
        FLAG(0, 1),
        SHARE(0, 1),
        MILLIS(0, 3_600_000),
        SIGNED_MILLIS(-86_400_000, 86_400_000),
        SECONDS(0, 3_600),
        NUMBER(0, 9_007_199_254_740_991L);

        private final long minimum;
        private final long maximum;

        Kind(long minimum, long maximum) {
            this.minimum = minimum;
            this.maximum = maximum;
        }

        public long minimum() {
            return minimum;
        }

        public long maximum() {
            return maximum;
        }
    }

    private final Group group;
    private final Kind kind;
    private final long standard;
    private final String meaning;
    private final String label;

    Switch(Group group, Kind kind, long standard, String meaning) {
        this.group = group;
        this.kind = kind;
        this.standard = standard;
        this.meaning = meaning;
        this.label = Pattern.compile("_(.)")
                .matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    static Optional<Switch> named(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }

    /** The name in JSON and on the command line. */
    public String label() {
        return label;
    }

    public Group group() {
        return group;
    }

    public Kind kind() {
        return kind;
    }

    /** The value with which every start begins. */
    public Object standard() {
        return switch (kind) {
            case FLAG -> standard != 0;
            case SHARE -> (double) standard;
            case MILLIS, SIGNED_MILLIS, SECONDS, NUMBER -> standard;
        };
    }

    public String meaning() {
        return meaning;
    }

    /** The value that the JSON stands for: Boolean, Double or Long. */
    Object value(JsonNode json) {
        Object value =
                switch (kind) {
                    case FLAG -> json.isBoolean() ? json.booleanValue() : null;
                    case SHARE -> json.isNumber() ? json.doubleValue() : null;
                    case MILLIS, SIGNED_MILLIS, SECONDS, NUMBER ->
                        (json.isIntegralNumber() && json.canConvertToLong()) ? json.longValue() : null;
                };
        if (value == null) {
            throw new IllegalArgumentException(label + " has the wrong type (expected: " + expected() + ")");
        }
        if (value instanceof Number number && outside(number.doubleValue())) {
            throw new IllegalArgumentException(label + ": " + value + " (expected: " + expected() + ")");
        }
        return value;
    }

    private boolean outside(double number) {
        return !(number >= kind.minimum() && number <= kind.maximum());
    }

    private String expected() {
        return kind == Kind.FLAG
                ? "true or false"
                : (kind == Kind.SHARE ? "" : "a whole number, ") + kind.minimum() + " to " + kind.maximum();
    }
}

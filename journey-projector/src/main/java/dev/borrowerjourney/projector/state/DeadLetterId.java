package dev.borrowerjourney.projector.state;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a dead letter by the place of its record in the log. The same after the log was applied again; after the log was cut
 * and written anew one name may stand for two.
 *
 * @param topicId Kafka's id of the source topic
 */
public record DeadLetterId(String topicId, int partition, long offset) {

    /** The header by which a replayed record names the dead letter it comes from. */
    public static final String HEADER = "dead_letter_id";

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]{22}):(\\d{1,9}):(\\d{1,18})");

    /** The id that a text is, or nothing: a header of the log may hold anything. */
    public static Optional<DeadLetterId> parse(String text) {
        var matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new DeadLetterId(
                        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return topicId + ":" + partition + ":" + offset;
    }
}

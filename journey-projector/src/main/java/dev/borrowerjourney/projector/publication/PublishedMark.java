package dev.borrowerjourney.projector.publication;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a partition is published, as it travels in the metadata of the committed offset.
 *
 * @param topicId of the topic that the committed offset belongs to
 * @param position of the last published row
 */
public record PublishedMark(String topicId, long position) {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]+) (\\d{1,18})");

    /** The mark in an offset's metadata, or nothing where somebody else committed the offset. */
    public static Optional<PublishedMark> parse(String metadata) {
        var matcher = SHAPE.matcher(metadata);
        return matcher.matches()
                ? Optional.of(new PublishedMark(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    public String metadata() {
        return topicId + " " + position;
    }
}

package dev.borrowerjourney.schemas.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All topics of the product, read from {@code topics.json} beside this class. */
public final class TopicCatalogue {

    public static final String JOURNEY_SNAPSHOTS = "journey-snapshots";
    public static final String JOURNEY_CHANGES = "journey-changes";
    public static final String JOURNEYS = "journeys";
    public static final String NOTIFICATION_DELIVERIES = "notification-deliveries";
    public static final String QUARANTINE = "journey-snapshots-quarantine";
    public static final String DEAD_LETTERS = "journey-snapshots-dead-letters";
    public static final String ERASURES = "erasures";

    private static final List<Topic> TOPICS = read();

    private TopicCatalogue() {}

    /** Every topic, in the order of the catalogue. */
    public static List<Topic> topics() {
        return TOPICS;
    }

    /**
     * The topic of that name.
     *
     * @throws IllegalArgumentException if the catalogue has none
     */
    public static Topic topic(String name) {
        return TOPICS.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topic: " + name + " (expected: one of "
                        + TOPICS.stream().map(Topic::name).toList() + ")"));
    }

    private static List<Topic> read() {
        try (var stream = TopicCatalogue.class.getResourceAsStream("topics.json")) {
            var topics = new ArrayList<Topic>();
            new ObjectMapper().readTree(stream).forEach(node -> topics.add(topic(node)));
            return List.copyOf(topics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Topic topic(JsonNode node) {
        return new Topic(
                node.required("name").asText(),
                node.required("key").asText(),
                node.required("value").asText(),
                node.required("partitions").asInt(),
                node.required("retention").isNull()
                        ? null
                        : Duration.parse(node.required("retention").asText()),
                node.required("cleanup").asText(),
                node.required("owner").asText(),
                texts(node.required("alsoWrittenBy")),
                texts(node.required("readBy")),
                node.required("dataClass").asText(),
                node.required("replicas").asInt(),
                node.required("minInsyncReplicas").asInt(),
                node.required("purpose").asText());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}

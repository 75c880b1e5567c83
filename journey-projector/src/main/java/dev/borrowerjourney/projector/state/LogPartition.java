package dev.borrowerjourney.projector.state;

/**
 * One partition of the log.
 *
 * @param topicId Kafka's id of the topic, which tells it from one of the same name that was made anew
 */
public record LogPartition(String topic, String topicId, int partition) {

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}

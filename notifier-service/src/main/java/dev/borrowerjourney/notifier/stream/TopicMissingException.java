package dev.borrowerjourney.notifier.stream;

/** A topic of the contract is not there; this service never creates one. */
final class TopicMissingException extends RuntimeException {

    TopicMissingException(String topic) {
        super("topic " + topic + " is missing", null, false, false);
    }
}

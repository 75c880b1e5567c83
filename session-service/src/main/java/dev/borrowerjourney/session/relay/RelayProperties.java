package dev.borrowerjourney.session.relay;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings for the relay.
 *
 * @param largestAnswer the largest JSON answer that is looked through; a larger one is refused
 * @param largestRepeatable the largest request body that is kept, so that the call can be repeated with a renewed token
 * @param removeAmbiguous whether members that may be internals of the network, or may not, are removed, too
 */
@ConfigurationProperties(prefix = "session.relay", ignoreUnknownFields = false)
record RelayProperties(
        @DefaultValue("1MB") DataSize largestAnswer,
        @DefaultValue("64KB") DataSize largestRepeatable,
        @DefaultValue("false") boolean removeAmbiguous) {

    private static final DataSize MOST = DataSize.ofMegabytes(16);

    RelayProperties {
        if (largestAnswer.toBytes() < 1 || largestAnswer.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "session.relay.largest-answer: " + largestAnswer + " (expected: above zero, at most " + MOST + ")");
        }
        if (largestRepeatable.isNegative() || largestRepeatable.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("session.relay.largest-repeatable: " + largestRepeatable
                    + " (expected: at least zero, at most " + MOST + ")");
        }
    }
}

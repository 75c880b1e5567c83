package dev.borrowerjourney.projector.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The shadow that stands.
 *
 * @param topicId of the log it is made from
 * @param filledAt when everything that the log does not hold was taken in; null before
 */
record ShadowInfo(
        String topicId,
        Instant begunAt,
        String begunBy,
        String begunWhy,
        @Nullable Instant filledAt) {}

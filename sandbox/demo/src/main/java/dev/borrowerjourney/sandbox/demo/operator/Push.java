package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a device is, or was, to be told of a version.
 *
 * @param device the end of its id
 * @param outcome null as long as something is to be done
 */
record Push(
        long version,
        String channel,
        String device,
        String kind,
        Instant dueAt,
        int attempts,
        @Nullable String outcome,
        @Nullable Instant completedAt) {}

package dev.borrowerjourney.session.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One change of a journey.
 *
 * @param before the state until then; null for the first
 */
record Change(
        long version,
        @Nullable JsonNode before,
        JsonNode after,
        String source,
        @Nullable Instant platformAt,
        Instant changedAt) {}

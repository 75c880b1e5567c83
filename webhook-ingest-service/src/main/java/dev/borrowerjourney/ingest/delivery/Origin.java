package dev.borrowerjourney.ingest.delivery;

import org.jspecify.annotations.Nullable;

/** The request that a record came from. */
record Origin(String correlationId, @Nullable String traceparent) {}

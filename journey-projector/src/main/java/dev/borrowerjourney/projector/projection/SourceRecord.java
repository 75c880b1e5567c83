package dev.borrowerjourney.projector.projection;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log, undecoded.
 *
 * @param recordedAt the record's own timestamp
 * @param headers of a repeated header the last
 */
@SuppressWarnings("ArrayRecordComponent") // carried from client to database, never compared
record SourceRecord(
        long offset, Instant recordedAt, byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {}

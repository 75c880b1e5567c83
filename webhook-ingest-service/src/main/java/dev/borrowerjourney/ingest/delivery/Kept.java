package dev.borrowerjourney.ingest.delivery;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A delivery as a record keeps it.
 *
 * @param eventId the record's, which the sealed part is bound to
 * @param secretId the webhook secret that verified it when it came
 */
public record Kept(String applicationId, String eventId, String secretId, Instant receivedAt, ByteBuffer sealed) {}

package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a record is made of, whether the delivery has just come or was kept since. The body is the bytes that were
 * received; nobody changes them.
 *
 * @param secretId the secret that verified the delivery when it came
 * @param signedAt null if the timestamp has none of the known shapes
 * @param signature as received
 * @param timestamp as received, because the signature covers its characters
 */
@SuppressWarnings("ArrayRecordComponent") // Without a copy, so that a body is in memory once; compared by nobody.
record Evidence(
        ApplicationKeys keys,
        String secretId,
        @Nullable Instant signedAt,
        Freshness freshness,
        Instant receivedAt,
        byte[] body,
        String signature,
        String timestamp) {}

package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that one of our applications' secrets signed.
 *
 * @param signedAt null if the timestamp has none of the known shapes
 */
record Authentic(
        Delivery delivery,
        ApplicationKeys keys,
        WebhookSecret signer,
        @Nullable Instant signedAt,
        Freshness freshness) {

    Evidence evidence() {
        return new Evidence(
                keys,
                signer.id(),
                signedAt,
                freshness,
                delivery.receivedAt(),
                delivery.body(),
                delivery.headers().signature().verbatim(),
                delivery.headers().timestamp());
    }
}

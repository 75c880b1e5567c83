package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.seal.Seal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What proves and seals the deliveries of one application. */
record ApplicationKeys(UUID tenantId, UUID applicationId, List<WebhookSecret> secrets, Seal seal) {

    Optional<WebhookSecret> signerOf(Delivery delivery) {
        for (var secret : secrets) {
            if (secret.live(delivery.receivedAt()) && secret.signed(delivery)) {
                return Optional.of(secret);
            }
        }
        return Optional.empty();
    }
}

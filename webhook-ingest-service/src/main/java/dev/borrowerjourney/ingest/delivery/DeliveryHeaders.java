package dev.borrowerjourney.ingest.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the platform says beside the body. The signature does not cover these ids: they choose which secrets are tried,
 * and nothing else.
 *
 * @param timestamp verbatim, because the signature covers its characters
 */
record DeliveryHeaders(String eventId, UUID tenantId, UUID applicationId, String timestamp, Signature signature) {

    /** What the headers of a request came to. */
    sealed interface Read {

        /** The application that the headers claim, for counting only; null if they claim none. */
        @Nullable
        UUID claimed();

        record Shapely(DeliveryHeaders headers) implements Read {

            @Override
            public UUID claimed() {
                return headers.applicationId();
            }
        }

        /** The detail names the header and what it must look like, never its value. */
        record Misshapen(@Nullable UUID claimed, String detail) implements Read {}
    }
}

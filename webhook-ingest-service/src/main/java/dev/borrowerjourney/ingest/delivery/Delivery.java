package dev.borrowerjourney.ingest.delivery;

import java.time.Instant;

/** A webhook as it arrived. Timestamp and body stay as they are: the signature covers these exact bytes. */
final class Delivery {

    private final DeliveryHeaders headers;
    private final byte[] body;
    private final Instant receivedAt;
    private final Origin origin;

    /** Takes the body without a copy, so that a delivery is in memory once. */
    Delivery(DeliveryHeaders headers, byte[] body, Instant receivedAt, Origin origin) {
        this.headers = headers;
        this.body = body;
        this.receivedAt = receivedAt;
        this.origin = origin;
    }

    DeliveryHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    Origin origin() {
        return origin;
    }
}

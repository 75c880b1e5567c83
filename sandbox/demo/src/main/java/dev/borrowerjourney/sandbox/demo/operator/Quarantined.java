package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;

/**
 * A webhook that was authentic and could not be read; its journey stands in what is sealed.
 *
 * @param reason in the words of webhook-ingest-service
 * @param writtenAt when that handed it to Kafka
 */
record Quarantined(Place place, String eventId, String reason, Instant receivedAt, Instant writtenAt) {}

package dev.borrowerjourney.sandbox.load.delivery;

import java.util.UUID;

/** Whose deliveries these are. */
public record Sender(UUID tenantId, UUID applicationId) {}

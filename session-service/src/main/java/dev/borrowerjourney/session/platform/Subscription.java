package dev.borrowerjourney.session.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where the platform says that an application's webhooks go.
 *
 * @param tenantId as the platform writes it
 * @param applicationId as the platform writes it
 * @param url as the platform writes it; null if there is none
 */
public record Subscription(
        String tenantId,
        String applicationId,
        boolean enabled,
        @Nullable String url) {}

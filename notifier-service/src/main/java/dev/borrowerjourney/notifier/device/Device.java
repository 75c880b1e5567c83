package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A borrower's device as it was registered last.
 *
 * @param deviceId as the app named it; one device within the application
 * @param registrationId another one with each registration
 */
public record Device(
        String deviceId,
        UUID registrationId,
        UUID applicationId,
        BorrowerKey borrower,
        Channel channel,
        Locale locale,
        Instant registeredAt,
        Address address) {}

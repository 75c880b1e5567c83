package dev.borrowerjourney.notifier.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an app is told of its own device; never its address.
 *
 * @param timeZone null if the app did not tell
 * @param registerAnew whether it is not reached as it is: the channel is off, or the subscription was made with a key that
 *     is not used any more
 * @param webPushKey the key to subscribe with; null for the other channels
 */
record ShownDevice(
        String deviceId,
        Channel channel,
        String locale,
        @Nullable String timeZone,
        Instant registeredAt,
        boolean registerAnew,
        @Nullable String webPushKey) {}

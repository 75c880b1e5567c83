package dev.borrowerjourney.notifier.device;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an app tells of its device, checked.
 *
 * @param timeZone null if the app did not tell
 */
record Registration(
        String deviceId,
        Channel channel,
        Address address,
        Locale locale,
        @Nullable ZoneId timeZone) {}

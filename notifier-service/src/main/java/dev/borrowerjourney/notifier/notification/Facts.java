package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.notification.Occasions.Core;
import org.jspecify.annotations.Nullable;

/**
 * How things stand immediately before a call.
 *
 * @param acknowledged the greatest version that a device has shown; 0 if none has
 * @param current the journey as the read model has it; null while it has none
 * @param newer whether the device is to be told of a later version of the journey, or was
 * @param registered whether the device is still the borrower's
 * @param channel of the device as it is registered now; null if it is not, or if another version of the service knows it
 */
record Facts(
        long acknowledged,
        @Nullable Current current,
        boolean newer,
        boolean registered,
        @Nullable Channel channel) {

    record Current(long version, Core core) {}
}

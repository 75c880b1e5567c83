package dev.borrowerjourney.notifier.device;

import java.util.Arrays;
import java.util.Optional;

/** The ways on which a device is reached while its app is not open. */
public enum Channel {
    /** RFC 8030, through the push service of the browser. */
    WEB_PUSH,
    /** Firebase Cloud Messaging, HTTP v1. */
    FCM,
    /** Apple Push Notification service. */
    APNS;

    /** Nothing if there is none of this name, as of one that another version of the service registered. */
    public static Optional<Channel> named(String name) {
        return Arrays.stream(values())
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }
}

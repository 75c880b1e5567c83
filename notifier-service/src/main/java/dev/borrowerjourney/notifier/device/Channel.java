package dev.borrowerjourney.notifier.device;

/** The ways on which a device is reached while its app is not open. */
public enum Channel {
    /** RFC 8030, through the push service of the browser. */
    WEB_PUSH,
    /** Firebase Cloud Messaging, HTTP v1. */
    FCM,
    /** Apple Push Notification service. */
    APNS
}

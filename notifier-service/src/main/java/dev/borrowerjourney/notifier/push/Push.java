package dev.borrowerjourney.notifier.push;

import java.time.Duration;
import java.util.UUID;

/**
 * What a device is told. It has no room for anything of a journey's content: the text comes from the kind and the device's
 * language.
 *
 * @param journey a push takes the place of an earlier one with the same reference that was not shown yet
 * @param notificationId the same when a push is sent again because its answer was lost
 * @param timeToLive how long the push service may keep it for a device that is away
 */
public record Push(Kind kind, JourneyReference journey, UUID notificationId, Duration timeToLive, Urgency urgency) {}

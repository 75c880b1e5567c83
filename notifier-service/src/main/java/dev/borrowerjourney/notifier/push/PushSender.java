package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Device;

/** Sends pushes over whatever channel a device has. */
public interface PushSender {

    /**
     * Sends one push to one device and waits for the push service's answer, so on a virtual thread and with no database
     * connection in hand. Never throws: every trouble is an outcome.
     */
    PushOutcome send(Push push, Device device);
}

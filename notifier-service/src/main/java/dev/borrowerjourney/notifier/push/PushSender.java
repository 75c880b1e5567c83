package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Device;
import java.time.Duration;
import java.util.Map;

/** Sends pushes over whatever channel a device has. */
public interface PushSender {

    /**
     * Sends one push to one device and waits for the push service's answer, so on a virtual thread and with no database
     * connection in hand. Never throws: every trouble is an outcome.
     */
    PushOutcome send(Push push, Device device);

    /**
     * The push services to which nothing is sent now, and for how long yet: by {@link Address.Subscription#host}, and by the
     * name of the channel where one push service serves all of it.
     */
    default Map<String, Duration> held() {
        return Map.of();
    }
}

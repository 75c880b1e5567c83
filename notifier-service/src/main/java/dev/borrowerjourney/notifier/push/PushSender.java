package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Device;
import java.time.Duration;
import java.util.Map;

/** Sends pushes over whatever channel a device has. */
public interface PushSender {

    /** A push that has all it needs but the call. */
    @FunctionalInterface
    interface Ready {

        /** Calls the push service and waits for its answer. Never throws: every trouble is an outcome. */
        PushOutcome send();
    }

    /**
     * Makes one push to one device ready: encrypts it, and has the access token fetched that it may need. What goes wrong in
     * that is the outcome of the call that is not made then. Blocks, so on a virtual thread and with no database connection
     * in hand; so does the call.
     */
    Ready prepare(Push push, Device device);

    /** Makes it ready and sends it. */
    default PushOutcome send(Push push, Device device) {
        return prepare(push, device).send();
    }

    /**
     * The push services to which nothing is sent now, and for how long yet: by {@link Address.Subscription#host}, and by the
     * name of the channel where one push service serves all of it.
     */
    default Map<String, Duration> held() {
        return Map.of();
    }
}

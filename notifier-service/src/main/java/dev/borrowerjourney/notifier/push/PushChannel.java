package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Device;
import java.io.IOException;
import java.util.Optional;

/** One way to devices. */
interface PushChannel {

    /** A push on its way to one device; what it throws means that no answer came. */
    @FunctionalInterface
    interface Call {
        PushOutcome send() throws IOException, InterruptedException;
    }

    /**
     * Where calls go.
     *
     * @param name one of few
     * @param host what fails or works as one
     */
    record Destination(String name, String host) {}

    /** Whose answers tell of whether further calls make sense. */
    Destination destination(Device device);

    /**
     * The call with all that it needs, or nothing if the channel has no credentials for the device's application. What it
     * throws means that there is nothing to call with.
     */
    Optional<Call> call(Push push, Device device) throws IOException, InterruptedException;
}

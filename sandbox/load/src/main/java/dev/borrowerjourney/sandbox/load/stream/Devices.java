package dev.borrowerjourney.sandbox.load.stream;

import org.jspecify.annotations.Nullable;

/** Takes what devices are shown; called by the one thread that reads for all of them. */
@FunctionalInterface
public interface Devices {

    /**
     * A device was shown an event.
     *
     * @param device by its place in the list of requests
     * @param id null if the event has none
     * @param nanos when its last bytes were read
     */
    void shown(int device, String event, @Nullable String id, String data, long nanos);
}

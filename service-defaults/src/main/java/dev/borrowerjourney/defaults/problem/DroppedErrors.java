package dev.borrowerjourney.defaults.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

/**
 * Hears the errors that come when nobody waits for them any more. A connection that breaks brings several: the first ends
 * the request, and Reactor would log each later one as a failure of ours, with its stack trace.
 */
final class DroppedErrors {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

    private DroppedErrors() {}

    /** From now on, for the whole process; again changes nothing. */
    static void hear() {
        Hooks.resetOnErrorDropped();
        Hooks.onErrorDropped(DroppedErrors::note);
    }

    static void note(Throwable error) {
        if (GoneClients.meantBy(error)) {
            LOG.debug("A client went away: {}", error.getClass().getSimpleName());
        } else {
            LOG.error("An error came too late for its request", error);
        }
    }
}

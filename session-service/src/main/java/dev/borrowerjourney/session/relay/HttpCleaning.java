package dev.borrowerjourney.session.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.core.JacksonException;

/** Cleans bodies of answers, and counts what was found in them. */
class HttpCleaning {

    private final NetworkInternals internals;
    private final Counter removed;
    private final Counter ambiguous;

    HttpCleaning(RelayProperties properties, MeterRegistry meters) {
        this.internals = new NetworkInternals(properties.removeAmbiguous());
        this.removed = meters.counter("session.relay.internals", "kind", "removed");
        this.ambiguous = meters.counter("session.relay.internals", "kind", "ambiguous");
    }

    /** @throws JacksonException if the body cannot be looked through */
    Cleaning of(byte[] body) {
        var cleaning = Cleaning.of(body, internals);
        removed.increment(cleaning.removed());
        ambiguous.increment(cleaning.ambiguous());
        return cleaning;
    }
}

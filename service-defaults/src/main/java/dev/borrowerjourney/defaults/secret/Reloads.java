package dev.borrowerjourney.defaults.secret;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of changed secrets, before and after there is a registry to tell. */
final class Reloads implements MeterBinder {

    private static final String NAME = "secrets.reloads";

    private final LongAdder loaded = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void countLoaded() {
        loaded.increment();
    }

    void countRefused() {
        refused.increment();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "loaded", loaded);
        bind(registry, "refused", refused);
    }

    private static void bind(MeterRegistry registry, String outcome, LongAdder count) {
        FunctionCounter.builder(NAME, count, LongAdder::doubleValue)
                .description("Changes of secret files, by what became of them.")
                .tag("outcome", outcome)
                .register(registry);
    }
}

package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.push.PushChannel.Destination;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A circuit for each host. Endpoints come from apps, so only so many are kept, the last used ones, and metrics know them by
 * the names of the list that allows them.
 */
final class Circuits {

    private static final int MOST = 1000;

    private final CircuitSettings settings;
    private final MeterRegistry metrics;
    private final Map<String, Kept> byHost = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> measured = new HashSet<>();

    Circuits(CircuitSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    private record Kept(String name, Circuit circuit) {}

    synchronized Circuit of(Destination destination) {
        if (measured.add(destination.name())) {
            Gauge.builder("notifier.push.circuit", this, circuits -> circuits.openness(destination.name()))
                    .description("1 while nothing is sent to the push service, 0.5 while it is tried.")
                    .tag("provider", destination.name())
                    .register(metrics);
        }
        var kept = byHost.computeIfAbsent(
                destination.host(), host -> new Kept(destination.name(), new Circuit(host, settings)));
        if (byHost.size() > MOST) {
            byHost.remove(byHost.keySet().iterator().next());
        }
        return kept.circuit();
    }

    /** The hosts to which nothing is sent now, and for how long yet. */
    synchronized Map<String, Duration> held() {
        var held = new HashMap<String, Duration>();
        byHost.forEach((host, kept) -> kept.circuit().heldFor().ifPresent(left -> held.put(host, left)));
        return held;
    }

    /** That of the worst host of the name. */
    private synchronized double openness(String name) {
        return byHost.values().stream()
                .filter(kept -> kept.name().equals(name))
                .mapToDouble(kept -> kept.circuit().openness())
                .max()
                .orElse(0);
    }

    synchronized int size() {
        return byHost.size();
    }
}

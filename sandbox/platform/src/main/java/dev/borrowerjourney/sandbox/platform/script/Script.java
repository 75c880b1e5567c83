package dev.borrowerjourney.sandbox.platform.script;

import dev.borrowerjourney.sandbox.platform.Switch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall happen, phase after phase. Each phase begins with the defaults.
 *
 * @param name empty for one that somebody brought
 */
public record Script(String name, String about, long seed, List<Phase> phases) {

    /**
     * A while of one conduct.
     *
     * @param subscription changes where webhooks go at its beginning; null for no change
     * @param rotate whether the webhook secret is rotated at its beginning
     */
    record Phase(
            String name,
            Duration lasts,
            Map<Switch, Object> switches,
            List<Limit> limited,
            @Nullable Subscription subscription,
            boolean rotate) {}

    record Limit(
            Map<Switch, Object> switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer calls) {}

    /** Where webhooks go; null for nowhere. */
    record Subscription(@Nullable URI url) {}

    public Duration lasts() {
        return phases.stream().map(Phase::lasts).reduce(Duration.ZERO, Duration::plus);
    }
}

package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.session.platform.ToldJourney;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the tests of this package share. */
final class Fixtures {

    private Fixtures() {}

    static ReconciliationProperties settings() {
        return settings(Map.of());
    }

    /** The settings as they are bound, defaults included. */
    static ReconciliationProperties settings(Map<String, String> set) {
        return new Binder(new MapConfigurationPropertySource(set))
                .bindOrCreate("session.reconciliation", ReconciliationProperties.class);
    }

    static ToldJourney told(String journeyId, String status, @Nullable String nextAction) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new ToldJourney(journeyId, status, nextAction, now.minusSeconds(20), now, Duration.ofMillis(40), now);
    }

    static ToldJourney withoutItsTime(ToldJourney told) {
        return new ToldJourney(
                told.journeyId(),
                told.status(),
                told.nextAction(),
                null,
                told.answeredAt(),
                told.roundTrip(),
                told.receivedAt());
    }
}

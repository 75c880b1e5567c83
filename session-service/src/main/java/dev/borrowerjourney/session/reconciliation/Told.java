package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.session.platform.ToldJourney;
import org.jspecify.annotations.Nullable;

/** What was told of a journey, without when and by whom. */
record Told(String status, @Nullable String nextAction) {

    static Told of(ToldJourney journey) {
        return new Told(journey.status(), journey.nextAction());
    }
}

package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.session.platform.ToldJourney;

/** What an answer of the platform told of one journey, and to whom. */
record Heard(Snapshots.Source source, ToldJourney journey) {

    String journeyKey() {
        return source.borrower().journeyKey(journey.journeyId());
    }

    Told told() {
        return Told.of(journey);
    }

    /** Without it nobody knows since when it is so. */
    boolean isDated() {
        return journey.updatedAt() != null;
    }
}

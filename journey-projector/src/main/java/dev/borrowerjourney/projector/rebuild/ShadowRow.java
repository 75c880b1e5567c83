package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Observation;
import java.util.UUID;

/**
 * A journey as the log tells it.
 *
 * @param journey its registers; its version means nothing
 * @param publishedVersion the greatest version that was ever published of it, 0 if none
 */
record ShadowRow(
        String journeyKey,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        Journey journey,
        long publishedVersion) {

    static ShadowRow unknown(String journeyKey, String borrowerKey, UUID applicationId, String journeyId) {
        return new ShadowRow(journeyKey, borrowerKey, applicationId, journeyId, Journey.UNKNOWN, 0);
    }

    ShadowRow observe(Observation observation) {
        return with(journey.observe(observation), publishedVersion);
    }

    /** Takes in what is known of the same journey from elsewhere, in any order and however often. */
    ShadowRow join(ShadowRow other) {
        var joined = new Journey(
                journey.core().join(other.journey.core()),
                journey.details().join(other.journey.details()),
                journey.version());
        return with(joined, Math.max(publishedVersion, other.publishedVersion));
    }

    boolean knowsTheSame(ShadowRow other) {
        return journey.core().equals(other.journey.core()) && journey.details().equals(other.journey.details());
    }

    /** Whether only its version is known. */
    boolean empty() {
        return journey.core().equals(Group.UNKNOWN) && journey.details().equals(Group.UNKNOWN);
    }

    private ShadowRow with(Journey other, long version) {
        return new ShadowRow(journeyKey, borrowerKey, applicationId, journeyId, other, version);
    }
}

package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.snapshot.QuarantineReason;
import dev.borrowerjourney.schemas.event.JourneySnapshot;

/** What reading a kept delivery once more came to. */
public sealed interface Reread {

    /** The record that the receiver would have made. */
    record Legible(JourneySnapshot snapshot) implements Reread {}

    /**
     * Still not to be read.
     *
     * @param place where reading stopped, without any value from the body
     */
    record Illegible(QuarantineReason reason, String place) implements Reread {}

    /** Speaks for another application or tenant than the secret that verified it. */
    record Foreign() implements Reread {}

    /** Not an application of ours, no key that opens it any more, or changed since it was sealed. */
    record Unopened() implements Reread {}
}

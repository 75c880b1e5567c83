package dev.borrowerjourney.projector.law;

import java.time.Instant;
import java.util.Comparator;

/**
 * Which record said so.
 *
 * @param receivedAt our receipt, which is part of the record: a redelivery is another record
 */
public record Provenance(Source source, String eventId, Instant receivedAt) implements Comparable<Provenance> {

    private static final Comparator<Provenance> ORDER = Comparator.comparing(Provenance::source)
            .thenComparing(Provenance::eventId)
            .thenComparing(Provenance::receivedAt);

    @Override
    public int compareTo(Provenance other) {
        return ORDER.compare(this, other);
    }
}

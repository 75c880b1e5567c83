package dev.borrowerjourney.ingest.snapshot;

/** What reading a verified body came to. */
public sealed interface Reading {

    /** Who the body says it is from, as far as it was read. */
    Envelope envelope();

    record Legible(Envelope envelope, Snapshot snapshot) implements Reading {}

    /**
     * A body to keep for an operator.
     *
     * @param place where reading stopped, without any value from the body
     */
    record Illegible(Envelope envelope, QuarantineReason reason, String place) implements Reading {}
}

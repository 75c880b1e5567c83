package dev.borrowerjourney.ingest.proof;

import java.util.List;

/** What checking one record came to. */
record Proof(
        String eventId, String applicationId, int partition, long offset, String receivedAt, List<Finding> findings) {

    enum Check {
        /** The sealed part opens as the part of this event of this application. */
        SEAL,
        /** The body is the one that was hashed when it came. */
        HASH,
        /** The recorded secret signed the recorded timestamp and body. */
        SIGNATURE,
        /** What the record says in the clear is what the body says. */
        FIELDS
    }

    enum Verdict {
        PROVED,
        REFUTED,
        /** What it takes to decide is not there. */
        UNDECIDED
    }

    /**
     * One check's verdict.
     *
     * @param meaning what follows, without any value from the body
     */
    record Finding(Check check, Verdict verdict, String meaning) {}

    boolean holds() {
        return findings.stream().allMatch(finding -> finding.verdict() == Verdict.PROVED);
    }
}

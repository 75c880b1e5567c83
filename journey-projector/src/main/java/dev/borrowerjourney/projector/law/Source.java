package dev.borrowerjourney.projector.law;

/** Who said so. The order is part of the law: at equal keys the smallest provenance is kept. */
public enum Source {
    WEBHOOK,
    POLL
}

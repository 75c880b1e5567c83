package dev.borrowerjourney.projector;

/** How the instances agree on who owns which partition; all of them may change from one to the other, one after the other. */
public enum GroupProtocol {

    /** The consumers agree among themselves; how soon one counts as dead is theirs to say. */
    CLASSIC,

    /** The broker decides (KIP-848), and says how soon one counts as dead. */
    CONSUMER
}

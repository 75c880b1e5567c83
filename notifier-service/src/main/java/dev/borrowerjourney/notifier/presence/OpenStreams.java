package dev.borrowerjourney.notifier.presence;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.Set;

/** The streams of this instance. */
@FunctionalInterface
public interface OpenStreams {

    /** Whose streams are open now. */
    Set<BorrowerKey> borrowers();
}

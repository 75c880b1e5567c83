package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The present state of all journeys. */
interface Journeys {

    /** The journeys of each of these borrowers; a borrower without any is missing or has an empty list. Blocks. */
    Map<BorrowerKey, List<Journey>> of(Collection<BorrowerKey> borrowers);
}

package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;

/**
 * A change of the read model.
 *
 * @param at when the record came that caused it
 */
record Changed(BorrowerKey borrower, UUID applicationId, String journeyId, long version, Told state, Instant at) {}

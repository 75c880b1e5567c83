package dev.borrowerjourney.session.identity;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.UUID;

/** The person behind a call, within one application. */
public record Borrower(UUID applicationId, String externalId, BorrowerKey key) {

    /** Names the pseudonym alone: the external id belongs in no log. */
    @Override
    public String toString() {
        return "Borrower[" + key + "]";
    }
}

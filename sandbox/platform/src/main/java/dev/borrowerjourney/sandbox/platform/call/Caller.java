package dev.borrowerjourney.sandbox.platform.call;

import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import java.util.UUID;

/** Who calls, as far as the bearer token tells. */
public sealed interface Caller {

    /** Separates the idempotency keys of one caller from those of another. */
    String scope();

    /** The partner's backend, by its API key. */
    record Backend(UUID tenantId, UUID applicationId) implements Caller {
        @Override
        public String scope() {
            return applicationId.toString();
        }
    }

    /** A borrower, by a session token. */
    record Borrower(BorrowerRef ref) implements Caller {
        @Override
        public String scope() {
            return ref.applicationId() + "\n" + ref.externalId();
        }
    }
}

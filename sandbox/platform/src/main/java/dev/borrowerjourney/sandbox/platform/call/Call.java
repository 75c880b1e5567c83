package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.OUT_OF_SCOPE;

import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * One authenticated call, with what every handler needs of it.
 *
 * @param fingerprint stands for method, path and body
 */
public record Call(
        Caller caller,
        @Nullable String correlationId,
        @Nullable String idempotencyKey,
        String fingerprint,
        Members body) {

    /** The borrower whose session token was sent; on a path that takes the API key there is none. */
    public BorrowerRef borrower() {
        return switch (caller) {
            case Caller.Borrower(BorrowerRef ref) -> ref;
            case Caller.Backend _ -> throw new IllegalStateException("a backend calls where borrowers do");
        };
    }

    public Caller.Backend backend() {
        return switch (caller) {
            case Caller.Backend backend -> backend;
            case Caller.Borrower _ -> throw new IllegalStateException("a borrower calls where backends do");
        };
    }

    /** Refuses ids that are not the API key's. */
    public Caller.Backend backendOf(UUID tenantId, UUID applicationId) {
        Caller.Backend backend = backend();
        if (!backend.tenantId().equals(tenantId) || !backend.applicationId().equals(applicationId)) {
            throw new PlatformException(
                    HttpStatus.FORBIDDEN, OUT_OF_SCOPE, "The API key belongs to another tenant or application.");
        }
        return backend;
    }
}

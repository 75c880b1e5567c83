package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the borrower from the claims of a token whose signature, issuer, audience and times were already checked. */
final class BorrowerClaims {

    private final IdentityProperties properties;
    private final List<UUID> applications;
    private final PseudonymKey pseudonyms;
    private final InstantSource clock;

    BorrowerClaims(
            IdentityProperties properties, List<UUID> applications, PseudonymKey pseudonyms, InstantSource clock) {
        this.properties = properties;
        this.applications = applications;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    Borrower borrower(Map<String, Object> claims, Instant expiresAt) {
        var applicationId = application(claims);
        if (!(claims.get(properties.borrowerClaim()) instanceof String externalId)) {
            throw HttpProblem.UNAUTHENTICATED.because(
                    "The token has no text claim " + properties.borrowerClaim() + ", which names the borrower.");
        }
        UnfitBorrowerId.in(externalId).ifPresent(unfit -> {
            throw HttpProblem.BORROWER_ID_UNFIT.because("The borrower's id " + unfit.reason()
                    + ". Use a stable id that tells nothing about the person, such as a customer number.");
        });
        return new Borrower(pseudonyms.borrowerKey(applicationId, externalId), applicationId, until(expiresAt));
    }

    private UUID application(Map<String, Object> claims) {
        var claim = claims.get(properties.applicationClaim());
        if (claim == null) {
            if (applications.size() == 1) {
                return applications.getFirst();
            }
            throw HttpProblem.APPLICATION_UNKNOWN.because("The token has no claim " + properties.applicationClaim()
                    + ", which is required where several applications are served.");
        }
        return applications.stream()
                .filter(known -> known.toString().equalsIgnoreCase(claim.toString()))
                .findFirst()
                .orElseThrow(
                        () -> HttpProblem.APPLICATION_UNKNOWN.because("The token's application is not served here."));
    }

    /** A token that is past its end already was accepted because of the skew, so it lasts as long as that. */
    private Instant until(Instant expiresAt) {
        return expiresAt.isAfter(clock.instant()) ? expiresAt : expiresAt.plus(properties.clockSkew());
    }
}

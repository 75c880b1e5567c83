package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.notifier.identity.Identification.Identified;
import dev.borrowerjourney.notifier.identity.Identification.Rejected;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the borrower from the claims of a token whose signature, issuer, audience and times were already checked. */
final class BorrowerClaims {

    private static final int MOST_CHARACTERS = 255;

    private final IdentityProperties properties;
    private final List<UUID> applications;
    private final PseudonymKey pseudonyms;

    BorrowerClaims(IdentityProperties properties, List<UUID> applications, PseudonymKey pseudonyms) {
        this.properties = properties;
        this.applications = applications;
        this.pseudonyms = pseudonyms;
    }

    Identification identify(Map<String, Object> claims, Instant expiresAt) {
        if (!(claims.get(properties.borrowerClaim()) instanceof String externalId) || externalId.isBlank()) {
            return new Rejected("The token's claim " + properties.borrowerClaim() + " names no borrower.");
        }
        if (externalId.length() > MOST_CHARACTERS) {
            return new Rejected("The token's claim " + properties.borrowerClaim() + " is longer than " + MOST_CHARACTERS
                    + " characters.");
        }
        var personal = PersonalIds.kindOf(externalId);
        if (personal.isPresent()) {
            return new Rejected("The token's claim " + properties.borrowerClaim() + " looks like " + personal.get()
                    + "; a borrower's external id must be opaque.");
        }
        return identify(externalId, claims.get(properties.applicationClaim()), expiresAt.plus(properties.clockSkew()));
    }

    private Identification identify(String externalId, @Nullable Object application, Instant until) {
        if (application == null) {
            return applications.size() == 1
                    ? identified(externalId, applications.getFirst(), until)
                    : new Rejected("The token lacks the claim " + properties.applicationClaim()
                            + ", which is required where several applications are served.");
        }
        return applications.stream()
                .filter(known -> known.toString().equals(application))
                .findFirst()
                .map(known -> identified(externalId, known, until))
                .orElseGet(() -> new Rejected(
                        "The token's claim " + properties.applicationClaim() + " names an application not served here."));
    }

    private Identification identified(String externalId, UUID applicationId, Instant until) {
        return new Identified(new Borrower(pseudonyms.borrowerKey(applicationId, externalId), applicationId, until));
    }
}

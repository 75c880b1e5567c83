package dev.borrowerjourney.session.identity;

import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.util.List;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Finds the borrower in a verified partner token. */
class BorrowerConverter implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

    private final IdentityProperties properties;
    private final List<UUID> applications;
    private final PseudonymKey pseudonymKey;

    BorrowerConverter(IdentityProperties properties, PlatformProperties platform, PseudonymKey pseudonymKey) {
        this.properties = properties;
        this.applications = platform.applications().stream()
                .map(PlatformProperties.Application::applicationId)
                .toList();
        this.pseudonymKey = pseudonymKey;
    }

    @Override
    public Mono<AbstractAuthenticationToken> convert(Jwt token) {
        return Mono.fromCallable(() -> new BorrowerAuthentication(borrowerOf(token)));
    }

    private Borrower borrowerOf(Jwt token) {
        var applicationId = applicationOf(token);
        if (!(token.getClaims().get(properties.borrowerClaim()) instanceof String externalId)) {
            throw HttpProblem.UNAUTHENTICATED.because(
                    "The token has no text claim " + properties.borrowerClaim() + ", which names the borrower.");
        }
        UnfitBorrowerId.in(externalId).ifPresent(unfit -> {
            throw HttpProblem.BORROWER_ID_UNFIT.because("The borrower's id " + unfit.reason()
                    + ". Use a stable id that tells nothing about the person, such as a customer number.");
        });
        return new Borrower(applicationId, externalId, pseudonymKey.borrowerKey(applicationId, externalId));
    }

    private UUID applicationOf(Jwt token) {
        var claim = token.getClaims().get(properties.applicationClaim());
        if (claim == null) {
            if (applications.size() == 1) {
                return applications.getFirst();
            }
            throw HttpProblem.APPLICATION_UNKNOWN.because("The token has no claim " + properties.applicationClaim()
                    + ", which is required where several applications are served.");
        }
        return applications.stream()
                .filter(id -> id.toString().equalsIgnoreCase(claim.toString()))
                .findFirst()
                .orElseThrow(
                        () -> HttpProblem.APPLICATION_UNKNOWN.because("The token's application is not served here."));
    }
}

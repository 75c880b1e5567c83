package dev.borrowerjourney.session.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.platform.PlatformProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;

class BorrowerConverterTest {

    private static final UUID FIRST = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID SECOND = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final PseudonymKey KEY = PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));

    @Test
    void takesTheOneApplicationForGranted() {
        assertThat(borrower(token("CUST_0012", null), FIRST))
                .isEqualTo(new Borrower(FIRST, "CUST_0012", KEY.borrowerKey(FIRST, "CUST_0012")));
    }

    @Test
    void requiresTheApplicationWhereSeveralAreServed() {
        assertThatThrownBy(() -> borrower(token("CUST_0012", null), FIRST, SECOND))
                .hasMessageContaining("APPLICATION_UNKNOWN");
        assertThat(borrower(token("CUST_0012", SECOND.toString()), FIRST, SECOND))
                .extracting(Borrower::applicationId)
                .isEqualTo(SECOND);
    }

    /** One borrower in two applications is two borrowers. */
    @Test
    void keepsApplicationsApart() {
        assertThat(borrower(token("CUST_0012", FIRST.toString()), FIRST, SECOND).key())
                .isNotEqualTo(borrower(token("CUST_0012", SECOND.toString()), FIRST, SECOND)
                        .key());
    }

    @Test
    void refusesTokenWithoutBorrower() {
        assertThatThrownBy(() -> borrower(token(null, null), FIRST)).hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void printsThePseudonymAlone() {
        assertThat(borrower(token("CUST_0012", null), FIRST).toString()).doesNotContain("CUST_0012");
    }

    private static Borrower borrower(Jwt token, UUID... applications) {
        var platform = new PlatformProperties(
                URI.create("https://api.example"),
                false,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                List.of(applications).stream()
                        .map(id -> new PlatformProperties.Application(id, id, null))
                        .toList());
        var identity = new IdentityProperties(
                "i", URI.create("https://identity.example"), "borrower-journey", "customer", "application_id", false);
        var authentication =
                new BorrowerConverter(identity, platform, KEY).convert(token).blockOptional();
        return (Borrower) authentication.map(Authentication::getPrincipal).orElseThrow();
    }

    private static Jwt token(@Nullable String borrower, @Nullable String application) {
        var token = Jwt.withTokenValue("t").header("alg", "RS256").subject("not this one");
        if (borrower != null) {
            token.claim("customer", borrower);
        }
        if (application != null) {
            token.claim("application_id", application);
        }
        return token.build();
    }
}

package dev.borrowerjourney.session.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import dev.borrowerjourney.session.testing.Partner;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityIT extends ServiceUnderTest {

    @Test
    void acceptsPartnerToken() {
        call(PARTNER.tokenOf(borrower), 200);
    }

    @Test
    void refusesCallWithoutToken() {
        app.get()
                .uri("/v1/sessions")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:unauthenticated");
    }

    @Test
    void refusesExpiredToken() {
        var past = Date.from(Instant.now().minus(Duration.ofMinutes(1)));

        call(PARTNER.token(claims -> claims.expirationTime(past)), 401);
    }

    @Test
    void refusesTokenThatNeverExpires() {
        call(PARTNER.token(claims -> claims.expirationTime(null)), 401);
    }

    @Test
    void refusesTokenOfAnotherIssuer() {
        call(PARTNER.token(claims -> claims.issuer("https://elsewhere.example")), 401);
    }

    @Test
    void refusesTokenForAnotherAudience() {
        call(PARTNER.token(claims -> claims.audience("another-service")), 401);
    }

    @Test
    void refusesTokenSignedByAnother() {
        call(new Partner().tokenOf(borrower), 401);
    }

    /** The provider is asked for new keys now and then only; that must not turn a foreign token into an outage. */
    @Test
    void refusesEveryTokenSignedByUnknownKey() {
        for (int i = 0; i < 5; i++) {
            call(PARTNER.token(header -> header.keyID(UUID.randomUUID().toString()), claims -> claims), 401);
        }
        call(PARTNER.tokenOf(borrower), 200);
    }

    @Test
    void acceptsTokenThatCallsItselfAccessToken() {
        call(PARTNER.token(header -> header.type(new JOSEObjectType("at+jwt")), claims -> claims), 200);
        call(PARTNER.token(header -> header.type(JOSEObjectType.JWT), claims -> claims), 200);
        call(PARTNER.token(header -> header.type(new JOSEObjectType("dpop+jwt")), claims -> claims), 401);
    }

    @Test
    void refusesSessionTokenInPlaceOfPartnerToken() {
        call(sessionTokenOf(borrower), 401);
    }

    @Test
    void refusesTokenOfAnotherApplication() {
        call(
                PARTNER.token(claims ->
                        claims.claim("application_id", UUID.randomUUID().toString())),
                401);
    }

    @Test
    void acceptsTokenThatNamesTheApplication() {
        call(PARTNER.token(claims -> claims.claim("application_id", APPLICATION.toString())), 200);
    }

    /** They would spread into every system that is given the id. */
    @ParameterizedTest
    @CsvSource({"asha@example.com,e-mail", "ABCDE1234F,PAN", "9876543210,phone", "+91 98765 43210,phone"})
    void refusesIdThatIsPersonalData(String id, String named) {
        app.get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(id)))
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:borrower-id-unfit")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains(named).doesNotContain(id));
    }

    private void call(String token, int status) {
        app.get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}

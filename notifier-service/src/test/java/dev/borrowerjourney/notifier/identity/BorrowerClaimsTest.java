package dev.borrowerjourney.notifier.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.defaults.problem.ProblemType;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BorrowerClaimsTest {

    static final PseudonymKey PSEUDONYMS = PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));
    static final UUID ONE = new UUID(0, 1);
    static final UUID TWO = new UUID(0, 2);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant END = NOW.plusSeconds(300);

    @Test
    void speaksForTheBorrowerOfTheOneApplication() {
        assertThat(claims(ONE).borrower(Map.of("sub", "CUST_0012"), END))
                .isEqualTo(new Borrower(PSEUDONYMS.borrowerKey(ONE, "CUST_0012"), ONE, END));
    }

    @Test
    void takesTheApplicationFromTheClaim() {
        var borrower = claims(ONE, TWO).borrower(Map.of("sub", "CUST_0012", "application_id", TWO.toString()), END);

        assertThat(borrower.key()).isEqualTo(PSEUDONYMS.borrowerKey(TWO, "CUST_0012"));
    }

    @Test
    void requiresTheApplicationWhereSeveralAreServed() {
        assertRefused(HttpProblem.APPLICATION_UNKNOWN, Map.of("sub", "CUST_0012"), ONE, TWO);
        assertRefused(
                HttpProblem.APPLICATION_UNKNOWN, Map.of("sub", "CUST_0012", "application_id", TWO.toString()), ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "someone@example.com",
                "ABCDE1234F",
                "abcde1234f",
                "9876543210",
                "+91 98765 43210",
                "0987-654-3210",
                "+14155550123"
            })
    void refusesIdThatTellsWhoSomebodyIs(String id) {
        assertRefused(HttpProblem.BORROWER_ID_UNFIT, Map.of("sub", id), ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUST_0012", "1234567890123456", "0f9d8c7b-1111-4222-8333-444455556666", "1000000012"})
    void takesOpaqueId(String id) {
        assertThat(claims(ONE).borrower(Map.of("sub", id), END).key()).isNotNull();
    }

    @Test
    void refusesTokenThatNamesNobody() {
        assertRefused(HttpProblem.UNAUTHENTICATED, Map.of(), ONE);
        assertRefused(HttpProblem.UNAUTHENTICATED, Map.of("sub", 12), ONE);
    }

    @Test
    void neverQuotesTheId() {
        assertThatThrownBy(() -> claims(ONE).borrower(Map.of("sub", "9876543210"), END))
                .message()
                .doesNotContain("9876543210");
    }

    /** A token past its end was accepted because of the skew; a stream must not end the moment it opens. */
    @Test
    void lastsUntilTheSkewWhereTheTokenIsPastItsEnd() {
        var borrower = claims(ONE).borrower(Map.of("sub", "CUST_0012"), NOW.minusSeconds(5));

        assertThat(borrower.until()).isEqualTo(NOW.plusSeconds(25));
    }

    private static void assertRefused(ProblemType expected, Map<String, Object> claims, UUID... applications) {
        assertThatThrownBy(() -> claims(applications).borrower(claims, END))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(expected));
    }

    private static BorrowerClaims claims(UUID... applications) {
        var properties = new IdentityProperties(
                "https://identity.example.com",
                URI.create("https://identity.example.com/jwks.json"),
                "borrower-journey",
                "sub",
                "application_id",
                Duration.ofSeconds(30),
                false);
        return new BorrowerClaims(properties, List.of(applications), PSEUDONYMS, () -> NOW);
    }
}

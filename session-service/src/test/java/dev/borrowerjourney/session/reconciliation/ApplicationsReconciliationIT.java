package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same person in two applications of one deployment: two borrowers, asked about with two platform sessions. */
class ApplicationsReconciliationIT extends ReconcilingService {

    private static final UUID OTHER = UUID.randomUUID();

    @DynamicPropertySource
    static void applications(DynamicPropertyRegistry registry) {
        var otherKey = "sk_test_other_" + UUID.randomUUID();
        PLATFORM.addApiKey(otherKey);
        writeApiKey(OTHER, otherKey);
        registry.add("platform.applications[1].application-id", OTHER::toString);
        registry.add("platform.applications[1].tenant-id", TENANT::toString);
    }

    @Test
    void asksForEachApplicationByItself() {
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        open(APPLICATION);
        open(OTHER);

        for (var application : new UUID[] {APPLICATION, OTHER}) {
            var key = keyOf(application, borrower);
            eventually().until(() -> !LOG.of(key).isEmpty());
            assertThat(LOG.of(key))
                    .extracting(JourneySnapshot::getApplicationId)
                    .containsOnly(application.toString());
        }
        assertThat(keyOf(OTHER, borrower)).isNotEqualTo(keyOf(borrower));
        eventually().until(() -> latest(Integer.MAX_VALUE).size() == 2);

        end(APPLICATION);
        var before = looks();
        eventually().until(() -> looks() >= before + 4 && latest(3).size() == 1);
    }

    /** The platform's tokens of so many last looks. */
    private Set<String> latest(int count) {
        return PLATFORM.requestsOn(statePath()).reversed().stream()
                .limit(count)
                .map(request -> request.headers().getOrDefault("authorization", ""))
                .collect(Collectors.toSet());
    }

    private void open(UUID application) {
        app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(tokenOf(application)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void end(UUID application) {
        app.delete()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(tokenOf(application)))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private String tokenOf(UUID application) {
        return PARTNER.token(claims -> claims.subject(borrower).claim("application_id", application.toString()));
    }
}

package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.OTHER;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.OTHER_APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What is not taken, and how it is told. */
class RefusedDeliveryTest extends DeliveringPlatform {

    @Test
    void refusesSnapshotSignedWithUnknownSecret() {
        refused(
                deliver(body("evt_1", APPLICATION), "whsec_unknown_0123456789"),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(count("refused", "FORGED")).isEqualTo(1);
    }

    @Test
    void refusesUnknownApplicationWithTheSameWords() {
        var forged = deliver(body("evt_1", APPLICATION), OTHER);
        var unknown = deliver(
                body("evt_1", APPLICATION), CURRENT, UUID.fromString("00000000-0000-4000-8000-000000000000"), "evt_1");

        assertThat(detail(unknown)).isEqualTo(detail(forged));
        assertThat(meters.get("ingest.deliveries")
                        .tag("reason", "UNKNOWN_APPLICATION")
                        .tag("application", "unknown")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Whoever holds one application's secret must not speak for another one. */
    @Test
    void refusesBodyOfAnotherApplication() {
        refused(
                deliver(body("evt_1", APPLICATION), OTHER, OTHER_APPLICATION, "evt_1"),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(count("refused", "FOREIGN_BODY")).isEqualTo(1);
    }

    @Test
    void refusesUnreadableBodyOfAnotherApplication() {
        refused(
                deliver("{\"application_id\":\"" + OTHER_APPLICATION + "\",\"x\"", CURRENT),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(log.quarantined).isEmpty();
    }

    @Test
    void refusesHeadersThatDisagreeBySetting() {
        platform = client(Map.of("refuse-header-disagreement", "true"));

        refused(
                deliver(body("evt_1", APPLICATION), CURRENT, APPLICATION, "evt_2"),
                HttpStatus.UNAUTHORIZED,
                "headers-disagree");
    }

    @Test
    void refusesLateDeliveryIfEnforced() {
        platform = client(Map.of("freshness", "enforce"));

        refused(deliverAt("1772728000", body("evt_1", APPLICATION)), HttpStatus.UNAUTHORIZED, "not-fresh");
    }

    @Test
    void refusesMissingHeaders() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                        .exchange(),
                HttpStatus.BAD_REQUEST,
                "malformed-headers");
    }

    @Test
    void refusesOtherPathsMethodsAndContentTypesFirst() {
        platform.get().uri(PATH).exchange().expectStatus().isEqualTo(405);
        platform.post().uri("/webhooks").exchange().expectStatus().isNotFound();
        platform.post()
                .uri(PATH)
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    private static String detail(ResponseSpec response) {
        var problem = Objects.requireNonNull(response.expectStatus()
                .isUnauthorized()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
        return String.valueOf(problem.get("detail"));
    }
}

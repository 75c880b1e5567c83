package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Deliveries that the log does not take now. */
class PostponedDeliveryTest extends DeliveringPlatform {

    @Test
    void asksToComeAgainWhenTheLogFails() {
        log.acknowledgement = Mono.error(new IllegalStateException("no broker"));

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
        postponed(deliver("not json", CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
    }

    @Test
    void asksToComeAgainWhenTheLogIsSlow() {
        log.acknowledgement = Mono.never();

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
        assertThat(count("postponed", "LOG_TOO_SLOW")).isEqualTo(1);
        givesBackItsRoom();
    }
}

package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;

/** Bodies that are too large, too slow or too many. */
class BodyLimitsTest extends DeliveringPlatform {

    @Test
    void refusesLargeBodyBeforeLookingAtHeaders() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("x".repeat(256 * 1024 + 1))
                        .exchange(),
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large");
    }

    @Test
    void refusesLargeBodySentInChunks() {
        var chunk = "x".repeat(16 * 1024).getBytes(UTF_8);
        Flux<DataBuffer> chunks = Flux.range(0, 17).map(_ -> DefaultDataBufferFactory.sharedInstance.wrap(chunk));

        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(chunks, DataBuffer.class)
                        .exchange(),
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large");
        givesBackItsRoom();
    }

    @Test
    void refusesBodyThatDoesNotArrive() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Flux.never(), DataBuffer.class)
                        .exchange(),
                HttpStatus.REQUEST_TIMEOUT,
                "body-too-slow");
        givesBackItsRoom();
    }

    @Test
    void asksToComeAgainWhenThereIsNoRoom() {
        assertThat(inFlight.reserve(512 * 1024)).isTrue();

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.TOO_MANY_REQUESTS, "too-busy");

        inFlight.release(512 * 1024);
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();
        givesBackItsRoom();
    }
}

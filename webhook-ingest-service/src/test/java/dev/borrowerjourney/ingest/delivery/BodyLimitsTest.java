package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    /** Slow uploads that announce much and send little must not take the room of others. */
    @Test
    void takesRoomOnlyForWhatHasArrived() {
        var taken = new AtomicLong();
        Flux<DataBuffer> stalled = Flux.concat(
                Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1000])),
                Mono.delay(Duration.ofMillis(100)).then(Mono.fromRunnable(() -> taken.set(inFlight.bytes()))),
                Flux.never());

        refused(
                request(TIMESTAMP, "0".repeat(64), APPLICATION, "evt_1")
                        .header("Content-Length", "200000")
                        .body(stalled, DataBuffer.class)
                        .exchange(),
                HttpStatus.REQUEST_TIMEOUT,
                "body-too-slow");

        assertThat(taken).hasValue(1000);
        givesBackItsRoom();
    }

    @Test
    void readsBodyThatArrivesByteByByte() {
        var body = body("evt_1", APPLICATION).getBytes(UTF_8);
        Flux<DataBuffer> bytes =
                Flux.range(0, body.length).map(i -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[] {body[i]}));

        request(TIMESTAMP, sign(CURRENT, TIMESTAMP, body), APPLICATION, "evt_1")
                .body(bytes, DataBuffer.class)
                .exchange()
                .expectStatus()
                .isAccepted();

        assertThat(log.published).hasSize(1);
        givesBackItsRoom();
    }

    @Test
    void asksToComeAgainWhenThereIsNoRoom() {
        var others = inFlight.share();
        assertThat(others.hold(512 * 1024)).isTrue();

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.TOO_MANY_REQUESTS, "too-busy");

        others.giveBack();
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();
        givesBackItsRoom();
    }

    @Test
    void asksToComeAgainWhenTooManyWaitForTheLog() {
        var others = Stream.generate(inFlight::share).limit(4).toList();
        assertThat(others).allMatch(InFlight.Share::enter);

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.TOO_MANY_REQUESTS, "too-busy");

        others.forEach(InFlight.Share::giveBack);
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();
        givesBackItsRoom();
    }

    /** Whoever cannot be verified anyway must not take the room of those who can. */
    @Test
    void holdsNothingOfWhatCannotBeVerified() {
        assertThat(inFlight.share().hold(512 * 1024)).isTrue();

        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                        .exchange(),
                HttpStatus.BAD_REQUEST,
                "malformed-headers");
        refused(
                deliver(body("evt_1", APPLICATION), CURRENT, UUID.randomUUID(), "evt_1"),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");
    }
}

package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that are too large to be kept: they pass part by part, as fast as the slower side. */
class RelayStreamsIT extends RelayedCalls {

    private static final int PART = 1 << 20;
    private static final int PARTS = 128;

    /** What lies in the buffers of two connections, and a multiple of what is in ours. */
    private static final long MOST_AHEAD = 48L * PART;

    private final AtomicLong written = new AtomicLong();
    private final Gate silence = new Gate();

    @AfterEach
    void goOn() {
        silence.open();
    }

    /** Whoever stops reading makes the platform wait; nothing piles up here, and nobody calls it the platform's silence. */
    @Test
    void passesLargeDocumentOnAtThePaceOfTheApp() throws IOException, InterruptedException {
        var document = new byte[PART];
        new Random(1).nextBytes(document);
        PLATFORM.onExchange("GET " + path, exchange -> send(exchange, document));

        try (var client = HttpClient.newHttpClient();
                var body = asked(client).body()) {
            assertThat(body.read()).isEqualTo(document[0] & 0xff);
            var stoodStillAt = new AtomicLong();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        var now = written.get();
                        return stoodStillAt.getAndSet(now) == now && now > 0;
                    });

            assertThat(written).hasValueLessThan(MOST_AHEAD);
            assertThat(crcOfRest(body, document[0])).isEqualTo(crc(document));
        }
        assertThat(written).hasValue((long) PART * PARTS);
    }

    /** An app must see that it has half a document. */
    @Test
    void breaksOffWhereThePlatformDoes() throws IOException, InterruptedException {
        PLATFORM.onExchange("GET " + path, exchange -> {
            begin(exchange, 2L * PART);
            exchange.getResponseBody().write(new byte[PART]);
            exchange.close();
        });

        try (var client = HttpClient.newHttpClient();
                var body = asked(client).body()) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void breaksOffWhereThePlatformFallsSilent() throws IOException, InterruptedException {
        PLATFORM.onExchange("GET " + path, exchange -> {
            begin(exchange, 0);
            exchange.getResponseBody().write(new byte[PART]);
            exchange.getResponseBody().flush();
            silence.pass();
        });

        try (var client = HttpClient.newHttpClient();
                var body = asked(client).body()) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void keepsNameOfTheDocument() {
        PLATFORM.on(
                "GET " + path,
                Answer.json(200, "%PDF-1.7 bap_id")
                        .with("Content-Type", "application/pdf")
                        .with("Content-Disposition", "attachment; filename=\"agreement.pdf\""));

        get().expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"agreement.pdf\"")
                .expectBody(String.class)
                .isEqualTo("%PDF-1.7 bap_id");
    }

    /** More than what is kept for a repetition. */
    @Test
    void streamsLargeBodies() {
        PLATFORM.on("PUT " + path, Answer.json(200, "{}"));
        var large = "{\"x\": \"" + "y".repeat(300_000) + "\"}";

        app.put()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .bodyValue(large)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> assertThat(request.body())
                .isEqualTo(large));
    }

    /** A phone that takes longer to send than the platform may be silent. */
    @Test
    void waitsForSlowUpload() throws IOException {
        PLATFORM.on("PUT " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);
        var size = 100_000;

        try (var phone = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(baseUrl()).getPort())) {
            phone.setSoTimeout(60_000);
            var out = phone.getOutputStream();
            out.write(("PUT " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                            + "\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nConnection: close"
                            + "\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(UTF_8));
            for (int part = 0; part < 5; part++) {
                out.write(new byte[size / 5]);
                out.flush();
                // Longer than the platform may be silent, all in all.
                assertThat(silence.staysShutFor(Duration.ofSeconds(1))).isTrue();
            }
            assertThat(new String(phone.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200 ");
        }
    }

    private HttpResponse<InputStream> asked(HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(baseUrl() + path))
                .header("Authorization", "Bearer " + sessionTokenOf(borrower))
                .build();
        return client.send(request, BodyHandlers.ofInputStream());
    }

    private void send(HttpExchange exchange, byte[] part) throws IOException {
        begin(exchange, 0);
        try (var out = exchange.getResponseBody()) {
            for (int i = 0; i < PARTS; i++) {
                out.write(part);
                written.addAndGet(part.length);
            }
        }
    }

    /** @param length 0 if it is not told */
    private static void begin(HttpExchange exchange, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/pdf");
        exchange.sendResponseHeaders(200, length);
    }

    private static long crcOfRest(InputStream body, byte first) throws IOException {
        var crc = new CRC32();
        crc.update(first);
        var buffer = new byte[64 * 1024];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            crc.update(buffer, 0, read);
        }
        return crc.getValue();
    }

    private static long crc(byte[] part) {
        var crc = new CRC32();
        for (int i = 0; i < PARTS; i++) {
            crc.update(part);
        }
        return crc.getValue();
    }
}

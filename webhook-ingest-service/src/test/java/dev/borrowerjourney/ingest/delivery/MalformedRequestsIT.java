package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever is sent gets the answer that the order of checks says, and nobody is woken by it. */
@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestsIT {

    private static final String BODY = body("evt_1", APPLICATION);

    @TempDir
    static Path secrets;

    static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        DeliveryFixtures.writeSecrets(secrets);
        service = RunningService.start(
                secrets,
                TestBroker.shared().bootstrapServers(),
                TestRegistry.shared().url());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            X-AL-Event-ID, evt_é, 400, malformed-headers
            X-AL-Event-ID, '', 400, malformed-headers
            X-AL-Tenant-ID, 1-1-1-1-1, 400, malformed-headers
            X-AL-Webhook-Signature, 000000000000000000000000000000000000000000000000000000000000000, 400, malformed-headers
            X-AL-Webhook-Signature, A000000000000000000000000000000000000000000000000000000000000000, 400, malformed-headers
            X-AL-Webhook-Signature, 0000000000000000000000000000000000000000000000000000000000000000, 401, not-authentic
            X-AL-Webhook-Timestamp, 1772729311, 401, not-authentic
            X-AL-Application-ID, 00000000-0000-4000-8000-000000000000, 401, not-authentic
            Content-Type, text/plain, 415, unsupported-media-type
            Content-Type, '', 415, unsupported-media-type
            Content-Type, ///, 415, unsupported-media-type
            Content-Type, application/json; charset=bogus, 415, unsupported-media-type
            Content-Type, application/*, 415, unsupported-media-type
            """)
    void answersHeadersInTheOrderOfTheChecks(
            String name, String value, int status, String problem, CapturedOutput output) throws IOException {
        var answer = answer(RawDelivery.of(BODY).with(name, value).bytes());

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("urn:borrower-journey:problem:" + problem);
        quiet(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-AL-Event-ID",
                "X-AL-Tenant-ID",
                "X-AL-Application-ID",
                "X-AL-Webhook-Timestamp",
                "X-AL-Webhook-Signature"
            })
    void refusesDoubledHeader(String name, CapturedOutput output) throws IOException {
        var answer = answer(RawDelivery.of(BODY).and(name + ": x").bytes());

        assertThat(answer).startsWith("HTTP/1.1 400").contains(name + ": repeated");
        quiet(output);
    }

    /** What the signature does not cover and nobody reads must not lose a delivery. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: nonsense",
                "Accept: text/html",
                "X-Correlation-ID: é",
                "traceparent: xyz",
                "Cookie: é=",
                "Forwarded: host=[",
                "Content-Encoding: gzip",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "X-HTTP-Method-Override: DELETE",
                "Expect: tea"
            })
    void takesDeliveryWhateverElseIsSaid(String header, CapturedOutput output) throws IOException {
        assertThat(answer(RawDelivery.of(BODY).and(header).bytes())).startsWith("HTTP/1.1 202");
        quiet(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/json;charset=utf-16", "APPLICATION/JSON"})
    void takesJsonWhateverItsParameters(String type) throws IOException {
        assertThat(answer(RawDelivery.of(BODY).with("Content-Type", type).bytes()))
                .startsWith("HTTP/1.1 202");
    }

    static Stream<byte[]> unreadable() {
        return Stream.concat(
                Stream.of(
                                "",
                                "not json",
                                "[".repeat(200_000),
                                "{\"a\":".repeat(40_000),
                                "{\"sequence\":1e999999999}",
                                "{\"sequence\":" + "9".repeat(200_000) + "}",
                                "{\"event_id\":\"a\",\"event_id\":\"b\"}",
                                BODY.replace("journey-1", "journey\\u0000"),
                                BODY.replace("journey-1", "journey\0"),
                                BODY.replace("journey-1", "\\ud800"),
                                BODY.substring(0, BODY.length() - 2),
                                BODY + BODY)
                        .map(body -> body.getBytes(UTF_8)),
                Stream.of(BODY.replace("journey-1", "é").getBytes(ISO_8859_1), new byte[256 * 1024]));
    }

    /** Its authenticity is proved, so it is kept for an operator. */
    @ParameterizedTest
    @MethodSource("unreadable")
    void quarantinesAuthenticRubbish(byte[] body, CapturedOutput output) throws IOException {
        assertThat(answer(RawDelivery.of(body).bytes())).startsWith("HTTP/1.1 202");
        quiet(output);
    }

    /** Sampled here; every bit is tried without HTTP. */
    @Test
    void refusesFlippedBitOfTheBody(CapturedOutput output) throws IOException {
        var random = new Random(7);
        try (var platform = RawConnection.to(service.webhooks())) {
            for (int i = 0; i < 200; i++) {
                var request = RawDelivery.of(BODY).bytes();
                int bit = random.nextInt(BODY.length() * 8);
                request[request.length - 1 - bit / 8] ^= (byte) (1 << (bit % 8));
                assertThat(platform.send(request).status()).as("bit %s", bit).isEqualTo(401);
            }
        }
        quiet(output);
    }

    @Test
    void takesBodyInChunksOfAnySize() throws IOException {
        assertThat(answer(RawDelivery.of(BODY).chunked(1))).startsWith("HTTP/1.1 202");
        assertThat(answer(RawDelivery.of(BODY).chunked(1000))).startsWith("HTTP/1.1 202");
    }

    @Test
    void refusesLargeBodyHoweverItIsSent(CapturedOutput output) throws IOException {
        var large = "x".repeat(256 * 1024 + 1);
        assertThat(answer(RawDelivery.of(large).bytes())).startsWith("HTTP/1.1 413");
        assertThat(answer(RawDelivery.of(large).chunked(8192))).startsWith("HTTP/1.1 413");
        assertThat(answer(RawDelivery.of(large).without("X-AL-Event-ID").chunked(8192)))
                .startsWith("HTTP/1.1 413");
        quiet(output);
    }

    @Test
    void tellsToContinueOnlyWhatItWouldTake() throws IOException {
        var delivery = RawDelivery.of(BODY).and("Expect: 100-continue");
        try (var platform = RawConnection.to(service.webhooks())) {
            assertThat(platform.send(delivery.head()).status()).isEqualTo(100);
            assertThat(platform.send(BODY).status()).isEqualTo(202);
        }
        var large = RawDelivery.of(BODY).with("Content-Length", "300000").and("Expect: 100-continue");
        assertThat(answer(large.head().getBytes(ISO_8859_1))).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET /webhooks/journey-snapshots HTTP/1.1, 405
            BREW /webhooks/journey-snapshots HTTP/1.1, 405
            TRACE /webhooks/journey-snapshots HTTP/1.1, 405
            POST /webhooks HTTP/1.1, 404
            POST /webhooks/../webhooks/journey-snapshots HTTP/1.1, 404
            POST * HTTP/1.1, 404
            CONNECT ingest:80 HTTP/1.1, 404
            POST /webhooks/%zz HTTP/1.1, 400
            POST /webhooks/journey-snapshots, 400
            POST /webhooks/journey-snapshots FTP/1.1, 400
            POST http://ingest/webhooks/journey-snapshots HTTP/1.1, 202
            POST /webhooks/journey-snapshots HTTP/1.0, 202
            """)
    void answersRequestLines(String line, int status, CapturedOutput output) throws IOException {
        assertThat(answer(RawDelivery.of(BODY).line(line).bytes())).containsPattern("^HTTP/1.[01] " + status);
        quiet(output);
    }

    static Stream<byte[]> smuggled() {
        var next = "GET /actuator HTTP/1.1\r\nHost: a\r\n\r\n";
        return Stream.of(
                        delivery().and("Transfer-Encoding: chunked").head() + "0\r\n\r\n" + next,
                        delivery().and("Transfer-Encoding : chunked").head() + BODY + next,
                        delivery().and("Transfer-Encoding: xchunked").head() + BODY + next,
                        delivery()
                                        .without("Content-Length")
                                        .and("Transfer-Encoding: chunked, identity")
                                        .head()
                                + next,
                        delivery().and("Content-Length: 3").head() + BODY + next,
                        delivery().with("Content-Length", "-1").head() + next,
                        delivery().with("Content-Length", "+5").head() + next,
                        delivery().with("Content-Length", "1, 2").head() + next,
                        delivery()
                                        .with("Content-Length", "99999999999999999999")
                                        .head()
                                + next,
                        delivery().and("X Bad: a").head() + BODY + next,
                        delivery().and("X-Bad: a\rX: b").head() + BODY + next,
                        delivery().and("X-Bad: \0").head() + BODY + next,
                        delivery()
                                        .without("Content-Length")
                                        .and("Transfer-Encoding: chunked")
                                        .head() + "zz\r\n" + next,
                        delivery()
                                        .without("Content-Length")
                                        .and("Transfer-Encoding: chunked")
                                        .head() + "ffffffffffffffffff\r\n" + next,
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + next,
                        "\0\1\2rubbish\r\n\r\n" + next)
                .map(request -> request.getBytes(ISO_8859_1));
    }

    /** A proxy in front may have understood another end of the request; what follows must not be taken for a request. */
    @ParameterizedTest
    @MethodSource("smuggled")
    void hangsUpWhereTheEndOfTheRequestIsInDoubt(byte[] request, CapturedOutput output) throws IOException {
        try (var platform = RawConnection.to(service.webhooks())) {
            assertThat(platform.send(request).status()).isEqualTo(400);
            assertThat(platform.answer()).isEmpty();
        }
        quiet(output);
    }

    static Stream<byte[]> bombs() {
        return Stream.of(
                delivery().and("X-Bomb: " + "x".repeat(1_000_000)).bytes(),
                delivery().and("X-Bomb: x\r\n".repeat(50_000) + "X-End: x").bytes(),
                delivery().line("POST /" + "x".repeat(1_000_000) + " HTTP/1.1").bytes(),
                (delivery()
                                        .without("Content-Length")
                                        .and("Transfer-Encoding: chunked")
                                        .head() + "0\r\nX-T: " + "x".repeat(1_000_000) + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refusesHeadersWithoutEnd(byte[] request, CapturedOutput output) throws IOException {
        assertThat(answer(request)).containsPattern("^(HTTP/1.1 4|$)");
        quiet(output);
    }

    @Test
    void answersEveryDeliveryOfAPipeline() throws IOException {
        try (var platform = RawConnection.to(service.webhooks())) {
            platform.send(delivery().bytes()).send(delivery().bytes());

            assertThat(platform.status()).isEqualTo(202);
            assertThat(platform.status()).isEqualTo(202);
        }
    }

    @Test
    void publishesNothingOfTruncatedBody(CapturedOutput output) throws IOException {
        try (var platform = RawConnection.to(service.webhooks())) {
            var truncated = delivery().with("Content-Length", "9999").head() + BODY;

            assertThat(platform.send(truncated).finish().answer()).isEmpty();
        }
        quiet(output);
    }

    private static RawDelivery delivery() {
        return RawDelivery.of(BODY);
    }

    private static String answer(byte[] request) throws IOException {
        try (var platform = RawConnection.to(service.webhooks())) {
            return platform.send(request).answer();
        }
    }

    private static void quiet(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\"level\":\"ERROR\"", "stack_trace");
    }
}

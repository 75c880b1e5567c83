package dev.borrowerjourney.session.attack;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.PlatformStandIn.Request;
import dev.borrowerjourney.session.testing.RawConnection;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client would make, byte by byte. */
class HostileRequestsIT extends ServiceUnderTest {

    private static final String ELSEWHERE = "elsewhere.example";

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private String token = "";

    @BeforeEach
    void open() {
        token = sessionTokenOf(borrower);
        for (var method : List.of("GET", "POST")) {
            PLATFORM.on(method + " " + path, Answer.json(200, "{\"data\": {}}"));
        }
    }

    /** Where two servers disagree on where a request ends, one of them serves what the other took for a body. */
    static Stream<String> doubtfulEnds() {
        return Stream.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 4\r\nContent-Length: 30\r\n",
                "Content-Length: 4, 30\r\n",
                "Content-Length: +4\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 0x4\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "X: a\n\nTransfer-Encoding: chunked\r\n",
                "X: a\r\n Content-Length: 4\r\n");
    }

    @ParameterizedTest
    @MethodSource("doubtfulEnds")
    void relaysNothingThatIsHiddenInABody(String length) {
        var hidden = HEADLESS + "/journeys/hidden-" + UUID.randomUUID();

        var answer = raw("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n" + length
                + "\r\n0\r\n\r\nGET " + hidden + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");

        assertThat(PLATFORM.requestsOn(hidden)).as(answer).isEmpty();
        assertThat(answer).doesNotContain("500 ", token);
    }

    /** Nobody but the settings says where a call goes, and the platform hears of no other host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: " + ELSEWHERE,
                "Host: a\r\nX-Forwarded-Host: " + ELSEWHERE,
                "Host: a\r\nForwarded: host=" + ELSEWHERE + ";proto=http",
                "Host: a\r\nX-Forwarded-Prefix: /" + ELSEWHERE,
                "Host: a\r\nX-Original-URL: /" + ELSEWHERE,
                "Host: a\r\nX-Rewrite-URL: /" + ELSEWHERE,
                "Host: a\r\nX-Forwarded-For: " + ELSEWHERE,
                "Host: a\r\nVia: 1.1 " + ELSEWHERE,
                "Host: a\r\nX-Gateway: " + ELSEWHERE
            })
    void goesNowhereElse(String headers) {
        var answer = raw("GET " + path + " HTTP/1.1\r\n" + headers + "\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain(ELSEWHERE);
        assertThat(relayed()).singleElement().satisfies(request -> {
            assertThat(request.headers().toString()).doesNotContain(ELSEWHERE);
            assertThat(request.header("host")).isEqualTo(PLATFORM.url().getAuthority());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://" + ELSEWHERE,
                "//" + ELSEWHERE,
                "http://" + ELSEWHERE + "@",
                "http://a/" + ELSEWHERE + "/.."
            })
    void takesNoHostFromTheTarget(String prefix) {
        var answer = raw("GET " + prefix + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("HTTP/1.1 5");
        assertThat(PLATFORM.requests().toString()).doesNotContain(ELSEWHERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/gateway/routes",
                "/actuator/env",
                "/v1/sessions/..;/..;/actuator/env",
                "/v1/..%2f..%2factuator/env",
                "/api/v1/headless/..;/..;/..;/actuator/env",
                "/api/v1/headless/%2e%2e/%2e%2e/%2e%2e/actuator/env",
                "/api/v1/headless/..%5c..%5cactuator",
                "//actuator/env",
                "/v1/sessions%00",
                "/v1/sessions%0d%0aX-Injected:%201",
                "/%76%31/../actuator"
            })
    void showsNothingOfTheInside(String target) {
        var answer = raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|403|404) .*").doesNotContainIgnoringCase("\r\nx-injected");
        assertThat(relayed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void letsNoHeaderChangeTheMethod(String header) {
        var partner = PARTNER.tokenOf(borrower);

        var answer = raw("GET /v1/sessions?_method=DELETE HTTP/1.1\r\nHost: a\r\n" + header
                + ": DELETE\r\nAuthorization: Bearer " + partner + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk();
    }

    /** Addresses end up in logs of proxies and in histories. */
    @Test
    void takesNoTokenFromTheAddress() {
        var partner = PARTNER.tokenOf(borrower);

        for (var target : List.of(
                "/v1/sessions?access_token=" + partner,
                "/v1/sessions?token=" + partner,
                path + "?access_token=" + token,
                path + "?sessionToken=" + token)) {
            assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401")
                    .doesNotContain(token, partner);
        }
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nCookie: session=" + token + "; token=" + token
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(relayed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                ORIGIN + ".evil.example",
                "https://evil.example/" + ORIGIN,
                "http://loans.partner.example",
                "https://loans.partner.example:444",
                "https://xloans.partner.example"
            })
    void letsNoOtherOriginRead(String origin) {
        for (var method : List.of("GET", "OPTIONS")) {
            var answer = raw(method + " " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin
                    + "\r\nAccess-Control-Request-Method: GET\r\nAuthorization: Bearer " + token
                    + "\r\nConnection: close\r\n\r\n");

            assertThat(answer).doesNotContainIgnoringCase("access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "get"})
    void knowsNoOtherMethods(String method) {
        var answer = raw(method + " " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|405|501) .*").doesNotContain(token);
        assertThat(relayed()).isEmpty();
    }

    /** The way to the platform carries requests and answers, and is never handed over. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "h2c", "TLS/1.2"})
    void handsNoConnectionOver(String protocol) {
        var answer = raw(
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol
                        + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\nAuthorization: Bearer " + token + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("101 ");
        assertThat(relayed()).singleElement().satisfies(request -> assertThat(request.headers())
                .doesNotContainKeys("upgrade", "http2-settings", "sec-websocket-key"));
    }

    @Test
    void speaksNoOtherProtocol() {
        for (var start : List.of(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
                "GET " + path + "\r\n\r\n",
                "GET " + path + " HTTP/9.9\r\nHost: a\r\n\r\n",
                "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nGET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(raw(start)).as(start).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
        }
    }

    @Test
    void boundsWhatItReads() {
        var bearer = "\r\nHost: a\r\nAuthorization: Bearer " + token;
        assertThat(raw("GET " + path + "?q=" + "x".repeat(100_000) + " HTTP/1.1" + bearer + "\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(00|14|31) .*");
        assertThat(raw("GET " + path + " HTTP/1.1" + bearer + "\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(00|13|31) .*");
        assertThat(raw("GET " + path + " HTTP/1.1" + bearer + "\r\nX-Many: a".repeat(20_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(00|13|31) .*");
        assertThat(post("{\"profile\": {\"a\": \"" + "x".repeat(2_000_000) + "\"}}"))
                .startsWith("HTTP/1.1 413");
    }

    /** A parser that breaks on it would be a way to stop the service. */
    static Stream<String> oddBodies() {
        return Stream.of(
                "[".repeat(50_000),
                "{\"profile\":".repeat(50_000),
                "{\"profile\": {\"a\": 1e999999999}}",
                "{\"profile\": {\"a\": " + "9".repeat(20_000) + "}}",
                "{\"profile\": \"\ud800\"}",
                "null",
                "[]",
                "\"text\"",
                "{\"__proto__\": {}, \"profile\": {\"$ref\": \"#\"}, \"@type\": \"java.net.URL\"}",
                "\u0000\u0000");
    }

    @ParameterizedTest
    @MethodSource("oddBodies")
    void refusesOddBodiesInAnOrderlyWay(String body) {
        assertThat(post(body)).matches("(?s)HTTP/1.1 (200|400|413|422) .*");
    }

    @Test
    void echoesNoCorrelationIdOfAnotherShape() {
        for (var id : List.of("a".repeat(5_000), "<script>", "6f9619ff-8b86-4011-b42d-00c04fc964ff, b", "%0d%0aX: 1")) {
            var answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Correlation-ID: " + id
                    + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n");

            assertThat(answer).doesNotContain(id).containsIgnoringCase("x-correlation-id: ");
        }
        assertThat(relayed())
                .extracting(request -> request.header("x-correlation-id"))
                .allSatisfy(sent ->
                        assertThat(UUID.fromString(String.valueOf(sent))).isNotNull());
    }

    private String post(String body) {
        var bytes = body.getBytes(UTF_8);
        try (var connection = RawConnection.to(port())) {
            return connection
                    .send("POST /v1/sessions HTTP/1.1\r\nHost: a\r\nIdempotency-Key: " + UUID.randomUUID()
                            + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + PARTNER.tokenOf(borrower)
                            + "\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .send(bytes)
                    .answer(5_000);
        }
    }

    private String raw(String request) {
        try (var connection = RawConnection.to(port())) {
            return connection.send(request).answer(300);
        }
    }

    private int port() {
        return URI.create(baseUrl()).getPort();
    }

    private List<Request> relayed() {
        return PLATFORM.requestsOn(path);
    }
}

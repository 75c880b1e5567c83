package dev.borrowerjourney.notifier.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Calls as browsers make them; a client that is none may not set the header that names the origin. */
class BrowserIT {

    static final String ALLOWED = SharedNotifier.ALLOWED_ORIGIN;
    static final String FOREIGN = "https://evil.example";
    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;

    final RunningNotifier notifier = SharedNotifier.running();
    final String borrower = "CUST_" + UUID.randomUUID();

    @Test
    void opensStreamByTicketForAllowedOrigin() throws IOException {
        assertThat(head("GET", "/v1/stream?ticket=" + ticket(), "Origin: " + ALLOWED))
                .startsWith("http/1.1 200")
                .contains("access-control-allow-origin: " + ALLOWED);
    }

    @Test
    void opensStreamForWhoNamesNoOrigin() throws IOException {
        assertThat(head("GET", "/v1/stream?ticket=" + ticket())).startsWith("http/1.1 200");
    }

    /** And leaves the ticket to whom it belongs. */
    @Test
    void opensNoStreamForOtherOrigins() throws IOException {
        var ticket = ticket();

        assertThat(head("GET", "/v1/stream?ticket=" + ticket, "Origin: " + FOREIGN))
                .startsWith("http/1.1 403")
                .contains("application/problem+json")
                .doesNotContain("access-control-allow-origin");
        assertThat(head("GET", "/v1/stream?ticket=" + ticket, "Origin: null")).startsWith("http/1.1 403");
        assertThat(head("GET", "/v1/stream?ticket=" + ticket, "Origin: " + ALLOWED))
                .startsWith("http/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/stream/tickets", "/v1/stream/acknowledgements"})
    void answersPreflightOfAllowedOriginOnly(String path) throws IOException {
        var asked = new String[] {
            "Origin: " + ALLOWED,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization, content-type"
        };
        assertThat(head("OPTIONS", path, asked))
                .startsWith("http/1.1 200")
                .contains("access-control-allow-origin: " + ALLOWED)
                .contains("access-control-max-age: 600")
                .doesNotContain("access-control-allow-credentials");
        asked[0] = "Origin: " + FOREIGN;
        assertThat(head("OPTIONS", path, asked)).startsWith("http/1.1 403");
    }

    @Test
    void servesOtherCallsOfOtherOriginsWithoutLeaveToRead() throws IOException {
        assertThat(head(
                        "POST",
                        "/v1/stream/tickets",
                        "Origin: " + FOREIGN,
                        "Authorization: Bearer " + IDENTITY.token(borrower)))
                .startsWith("http/1.1 201")
                .doesNotContain("access-control-allow-origin");
    }

    private String ticket() {
        var answer = notifier.post("/v1/stream/tickets", IDENTITY.token(borrower), "");
        return new JsonMapper().readTree(answer.body()).get("ticket").asString();
    }

    /** The JDK's client does not let a program name an origin's page for a preflight. */
    private String head(String method, String path, String... headers) throws IOException {
        var uri = notifier.uri(path);
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n");
            for (var header : headers) {
                request.append(header).append("\r\n");
            }
            request.append("Content-Length: 0\r\n\r\n");
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
            return head.toString().toLowerCase(Locale.ROOT);
        }
    }
}

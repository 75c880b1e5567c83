package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.Metrics;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.TlsFront;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials go to the host that has the platform's name, and that proves it. */
class SecuredPlatformIT extends RelayedCalls {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void relaysToThePlatformOnBothRoutes() {
        try (var front = front();
                var service = service("localhost", front)) {
            var token = sessionTokenOf(borrower);
            PLATFORM.on("GET " + path, Answer.json(200, "{}"));

            for (int call = 0; call < 2; call++) {
                assertThat(status(service, token)).isEqualTo(200);
            }

            assertThat(straight(service)).isEqualTo(1);
            assertThat(PLATFORM.requestsOn(path)).hasSize(2);
        }
    }

    /** The session was seen, so the straight route tries first. */
    @Test
    void sendsNothingToAHostOfAnotherName() {
        try (var front = front();
                var service = service("127.0.0.1", front)) {
            var token = sessionTokenOf(borrower);
            PLATFORM.on("GET " + path, Answer.json(200, "{}"));

            for (int call = 0; call < 2; call++) {
                assertThat(status(service, token)).isIn(502, 503);
            }

            assertThat(PLATFORM.requestsOn(path)).isEmpty();
        }
    }

    private TlsFront front() {
        return new TlsFront("localhost", PLATFORM.url().getPort(), directory);
    }

    private static RunningService service(String host, TlsFront front) {
        var settings = new HashMap<>(settings());
        settings.remove("platform.allow-plain-http");
        return RunningService.start(
                settings,
                Map.of(
                        "platform.base-url",
                        "https://" + host + ":" + front.port(),
                        "spring.cloud.gateway.server.webflux.httpclient.ssl.trusted-x509-certificates",
                        front.certificate().toString()));
    }

    private int status(RunningService service, String token) {
        return service.app()
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    private static double straight(RunningService service) {
        return Metrics.values(
                        metricsOf(service.management()),
                        line -> line.startsWith("session_relay_straight_seconds_count") && line.contains("answered"))
                .sum();
    }
}

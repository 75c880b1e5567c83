package dev.borrowerjourney.defaults.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.sample.SampleService;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = SampleService.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class CorrelationIT {

    static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @LocalServerPort
    int port;

    WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6f9619ff-8b86-4011-b42d-00c04fc964ff",
                "6F9619FF-8B86-4011-B42D-00C04FC964FF",
                "01ARZ3NDEKTSV4RRFFQ69G5FAV"
            })
    void keepsUuidAndUlid(String id) {
        client.get()
                .uri("/blocking")
                .header("X-Correlation-ID", id)
                .exchange()
                .expectHeader()
                .valueEquals("X-Correlation-ID", id)
                .expectBody()
                .jsonPath("$.correlationId")
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mail@example.com", "42", "6f9619ff-8b86-4011-b42d-00c04fc964ff; x", "81ARZ3NDEKTSV4RRFFQ69G5FAV"
            })
    void replacesOthers(String id) {
        client.get()
                .uri("/blocking")
                .header("X-Correlation-ID", id)
                .exchange()
                .expectHeader()
                .value("X-Correlation-ID", kept -> assertThat(UUID.fromString(kept))
                        .isNotNull())
                .expectBody();
    }

    @ParameterizedTest
    @CsvSource({"/blocking, virtual, sk_***", "/reactive, platform, ***"})
    void reachesThreadsAndTheirLogLines(String path, String thread, String masked, CapturedOutput output) {
        var id = UUID.randomUUID().toString();

        client.get()
                .uri(path)
                .header("X-Correlation-ID", id)
                .header("traceparent", TRACEPARENT)
                .exchange()
                .expectBody()
                .jsonPath("$.thread")
                .isEqualTo(thread)
                .jsonPath("$.correlationId")
                .isEqualTo(id)
                .jsonPath("$.traceparent")
                .isEqualTo(TRACEPARENT);

        assertThat(output.getOut().lines().filter(line -> line.contains(id)))
                .singleElement()
                .asString()
                .startsWith("{")
                .contains(path.substring(1) + " " + masked, "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"")
                .doesNotContain("sk_test", "example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void beginsTraceWhereNoneIsContinued(String traceparent) {
        client.get()
                .uri("/blocking")
                .header("traceparent", traceparent)
                .exchange()
                .expectBody()
                .jsonPath("$.traceparent")
                .value(made -> assertThat(Trace.accepted(String.valueOf(made))).isTrue());
    }

    @Test
    void leavesNothingBehindOnThreads() {
        client.get().uri("/blocking").exchange().expectStatus().isOk().expectBody();

        assertThat(CorrelationId.current()).isEmpty();
    }
}

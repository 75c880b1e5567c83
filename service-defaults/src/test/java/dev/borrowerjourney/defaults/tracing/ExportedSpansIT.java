package dev.borrowerjourney.defaults.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.sample.SampleService;
import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.defaults.testing.OtlpReceiver.Received;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A collector gets what a trace is made of, and nothing that was in a request. */
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = SampleService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.application.name=sample-service", "management.server.port=0"})
class ExportedSpansIT {

    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();
    private static final Random RANDOM = new Random();

    private final String traceId = traceId();
    private final String traceparent = "00-" + traceId + "-00f067aa0ba902b7-01";

    @LocalServerPort
    private int port;

    @Autowired
    private Spans spans = Spans.none();

    private WebTestClient client = WebTestClient.bindToServer().build();

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry registry) {
        COLLECTOR.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blocking", "/reactive"})
    void makesWhatARequestCausesAChildOfItsSpan(String path, CapturedOutput output) {
        var caused = get(path);

        var span = spansOf(traceId, 1).getFirst();
        assertThat(span.service()).isEqualTo("sample-service");
        assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.attributes()).containsEntry("uri", path).containsEntry("method", "GET");
        assertThat(caused).isEqualTo("00-" + traceId + "-" + span.spanId() + "-01");
        assertThat(output.getOut().lines().filter(line -> line.contains("\"" + path.substring(1) + " ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"traceId\":\"" + traceId + "\""));
    }

    @Test
    void exportsNothingThatWasSaid() {
        client.get()
                .uri("/number?n=asha.canary@mail.example")
                .header("traceparent", traceparent)
                .header("baggage", "pan=CANRY1234C")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody();
        client.get()
                .uri("/broken")
                .header("traceparent", traceparent)
                .exchange()
                .expectBody();
        client.method(HttpMethod.valueOf("CANRY1234C"))
                .uri("/nowhere/CANRY1234C")
                .header("traceparent", traceparent)
                .header("tracestate", "canry1234c=CANRY1234C")
                .exchange()
                .expectBody();

        assertThat(spansOf(traceId, 3))
                .extracting(Received::name)
                .containsExactlyInAnyOrder("http get /number", "http get /broken", "http unknown /**");
        assertThat(COLLECTOR.text())
                .doesNotContainIgnoringCase("asha.canary", "CANRY1234C", "sk_live_456", "password", "127.0.0.1");
    }

    /** A caller that does not want to be recorded is not, and is found in logs and records all the same. */
    @Test
    void recordsNothingOfUnsampledTraces() {
        var recorded = traceId();
        var caused = Trace.traceId(get("/blocking", "00-" + traceId + "-00f067aa0ba902b7-00"));
        get("/blocking", "00-" + recorded + "-00f067aa0ba902b7-01");

        spansOf(recorded, 1);
        assertThat(caused).isEqualTo(traceId);
        assertThat(COLLECTOR.spans()).extracting(Received::traceId).doesNotContain(traceId);
    }

    @Test
    void goesOnWithTheTraceOfARecord() {
        String caused;
        try (var work = spans.receipt("sample receive", null, traceparent)) {
            work.outcome("received");
            try (var _ = spans.call("sample call")) {
                caused = Trace.traceparent().orElseThrow();
            }
        }

        assertThat(Trace.traceparent()).isEmpty();
        var received = spansOf(traceId, 2);
        var receipt = named(received, "sample receive");
        var call = named(received, "sample call");
        assertThat(receipt.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(receipt.attributes()).containsEntry("outcome", "received");
        assertThat(call.parentId()).isEqualTo(receipt.spanId());
        assertThat(caused).isEqualTo("00-" + traceId + "-" + call.spanId() + "-01");
    }

    @Test
    void beginsTracesOfItsOwn() {
        String caused;
        try (var _ = spans.begin("sample job", "6f9619ff-8b86-4011-b42d-00c04fc964ff")) {
            caused = Trace.traceId(Trace.traceparent().orElseThrow());
        }

        assertThat(spansOf(caused, 1).getFirst().parentId()).isEmpty();
    }

    private static String traceId() {
        return "%016x%016x".formatted(RANDOM.nextLong() | 1, RANDOM.nextLong() | 1);
    }

    private String get(String path) {
        return get(path, traceparent);
    }

    private String get(String path, String parent) {
        return Objects.requireNonNull(client.get()
                        .uri(path)
                        .header("traceparent", parent)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(Answer.class)
                        .returnResult()
                        .getResponseBody())
                .traceparent();
    }

    private static List<Received> spansOf(String traceId, int count) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> COLLECTOR.spans().stream()
                                .filter(span -> span.traceId().equals(traceId))
                                .toList(),
                        spans -> spans.size() == count);
    }

    private static Received named(List<Received> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    record Answer(String traceparent) {}
}

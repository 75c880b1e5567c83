package dev.borrowerjourney.session.reconciliation;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.defaults.testing.OtlpReceiver.Received;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.PlatformStandIn.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One trace runs from the app's request through this service and into the log; the platform is told of none. */
class TraceIT extends ReconcilingService {

    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();
    private static final String PARENT = "00f067aa0ba902b7";

    private final String traceId = "%016x%016x"
            .formatted(
                    ThreadLocalRandom.current().nextLong() | 1,
                    ThreadLocalRandom.current().nextLong() | 1);

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry registry) {
        COLLECTOR.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    @Test
    void runsThroughARelayedCallIntoTheLog() {
        var token = sessionTokenOf(borrower);
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        PLATFORM.on("POST " + HEADLESS + "/profile/submit", _ -> Answer.json(200, envelope(told())));

        call("POST", HEADLESS + "/profile/submit", token);

        var spans = spansOf(traceId, 2);
        var server = named(spans, "http post /api/v1/headless/**");
        assertThat(server.parentId()).isEqualTo(PARENT);
        assertThat(spans)
                .filteredOn(span -> span.parentId().equals(server.spanId()))
                .singleElement()
                .satisfies(onward -> assertThat(onward.attributes()).containsEntry("http.status_code", "200"));
        eventually().untilAsserted(() -> assertThat(traceparents())
                .contains("00-" + traceId + "-" + server.spanId() + "-01"));
    }

    @Test
    void runsThroughOurOwnCallToThePlatform() {
        app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", borrower)
                .header("traceparent", traceparent())
                .exchange()
                .expectStatus()
                .isOk();

        var spans = spansOf(traceId, 2);
        var server = named(spans, "http post /v1/sessions");
        assertThat(named(spans, "platform open").parentId()).isEqualTo(server.spanId());
        assertThat(named(spans, "platform open").attributes()).containsEntry("outcome", "answered");
    }

    /** A look is nobody's request: its trace begins with it, and goes on in the record. */
    @Test
    void beginsWithALook() {
        platformSays("AA_REQUIRED", "COMPLETE_AA");
        sessionTokenOf(borrower);

        eventually().until(() -> !traceparents().isEmpty());
        var begun = Trace.traceId(traceparents().getFirst());
        var spans = spansOf(begun, 2);
        assertThat(spans).extracting(Received::name).contains("list journeys", "platform journeys");
        assertThat(named(spans, "list journeys").parentId()).isEmpty();
    }

    /** It documents no such header; what is sent there is a list. */
    @Test
    void tellsThePlatformOfNoTrace() {
        var token = sessionTokenOf(borrower);
        platformSays("KYC_PENDING", "COMPLETE_KYC");

        call("GET", statePath(), token);

        assertThat(PLATFORM.requests())
                .isNotEmpty()
                .extracting(Request::headers)
                .allSatisfy(headers -> assertThat(headers)
                        .doesNotContainKeys("traceparent", "tracestate", "baggage", "b3", "x-b3-traceid"));
    }

    private void call(String method, String path, String token) {
        app.method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", borrower)
                .header("traceparent", traceparent())
                .exchange()
                .expectStatus()
                .isOk();
    }

    private String traceparent() {
        return "00-" + traceId + "-" + PARENT + "-01";
    }

    /** Another state than looks are told, which may come first. */
    private String told() {
        return state("PROFILE_SUBMITTED", "WAIT", Instant.now());
    }

    /** Of the borrower's records in the log. */
    private List<String> traceparents() {
        LOG.of(keyOf(borrower));
        return LOG.recordsOf(keyOf(borrower)).stream()
                .map(record -> EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Received> spansOf(String traceId, int least) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> COLLECTOR.spans().stream()
                                .filter(span -> span.traceId().equals(traceId))
                                .toList(),
                        spans -> spans.size() >= least);
    }

    private static Received named(List<Received> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
    }
}

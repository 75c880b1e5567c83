package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.defaults.testing.OtlpReceiver.Received;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A trace that a test begins, and what a collector hears of it. */
record Trace(String id, OtlpReceiver collector) {

    /** The span of the test itself. */
    static final String PARENT = "00f067aa0ba902b7";

    Trace(OtlpReceiver collector) {
        this(UUID.randomUUID().toString().replace("-", ""), collector);
    }

    /** What is sent as {@code traceparent}. */
    String parent() {
        return "00-" + id + "-" + PARENT + "-01";
    }

    List<Received> spans() {
        return collector.spans().stream()
                .filter(span -> span.traceId().equals(id))
                .toList();
    }

    /** The first span of a service. */
    Received await(String service) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> spans().stream()
                                .filter(span -> span.service().equals(service))
                                .toList(),
                        spans -> !spans.isEmpty())
                .getFirst();
    }
}

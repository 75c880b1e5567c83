package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.HttpCalls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes sessions of borrowers, each of one borrower of its own. */
final class RelaySessions implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final HttpClient client = HttpCalls.client();
    private final HttpCalls service;
    private final HttpCalls identity;
    private final HttpCalls platform;
    private final String apiKey;

    /**
     * For the service and the platform of a demo.
     *
     * @param upstream where the service finds the platform
     */
    RelaySessions(DemoFile demo, String upstream) {
        var correlationId = UUID.randomUUID().toString();
        this.service = new HttpCalls(client, demo.urls().session(), correlationId);
        this.identity = new HttpCalls(client, demo.identity().tokenUrl(), correlationId);
        this.platform = new HttpCalls(client, upstream, correlationId);
        this.apiKey = demo.platform().apiKey();
    }

    /**
     * A live session and the journey that it asks about.
     *
     * @param token ours: the platform's own never leave the service
     */
    record Live(String journeyId, String token) {

        String path() {
            return "/api/v1/headless/journeys/" + journeyId + "/state";
        }

        byte[] request(String host) {
            return "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(path(), host, token)
                    .getBytes(US_ASCII);
        }

        @Override
        public String toString() {
            return "Live[" + journeyId + "]";
        }
    }

    List<Live> make(int count) throws InterruptedException, ExecutionException {
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = new ArrayList<Future<Live>>();
            for (int number = 0; number < count; number++) {
                places.acquire();
                made.add(threads.submit(() -> {
                    try {
                        return new Live(UUID.randomUUID().toString(), session(partnerToken()));
                    } finally {
                        places.release();
                    }
                }));
            }
            var sessions = new ArrayList<Live>();
            for (var each : made) {
                sessions.add(each.get());
            }
            return sessions;
        }
    }

    /** Makes sessions one after the other, in turn ours and straight at the platform. */
    RelayReport.Creation time(int warmUp, int count) throws IOException, InterruptedException {
        var ours = new Histogram(3);
        var platforms = new Histogram(3);
        for (int number = -warmUp; number < count; number++) {
            var token = partnerToken();
            long begun = System.nanoTime();
            session(token);
            long between = System.nanoTime();
            platform.send(
                    "POST",
                    "/api/v1/headless/sessions",
                    apiKey,
                    JsonNodeFactory.instance.objectNode().put("borrowerExternalID", borrower()));
            long ended = System.nanoTime();
            if (number >= 0) {
                ours.recordValue((between - begun) / 1_000);
                platforms.recordValue((ended - between) / 1_000);
            }
        }
        return new RelayReport.Creation(
                count,
                percentile(ours, 50),
                percentile(ours, 99),
                percentile(platforms, 50),
                percentile(platforms, 99));
    }

    /** An answer of the platform itself, which takes none but its own tokens. */
    JsonNode journeys(Live session) throws IOException, InterruptedException {
        return service.get("/api/v1/headless/journeys", session.token());
    }

    private String session(String partnerToken) throws IOException, InterruptedException {
        return service.send("POST", "/v1/sessions", partnerToken, JsonNodeFactory.instance.objectNode())
                .path("sessionToken")
                .asString();
    }

    private String partnerToken() throws IOException, InterruptedException {
        var request = JsonNodeFactory.instance.objectNode().put("borrowerExternalId", borrower());
        return identity.send("POST", "", null, request).path("access_token").asString();
    }

    private static String borrower() {
        return "CUST_" + UUID.randomUUID();
    }

    private static double percentile(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    @Override
    public void close() {
        client.close();
    }
}

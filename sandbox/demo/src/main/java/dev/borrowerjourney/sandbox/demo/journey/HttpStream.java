package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An app's stream: kept open, opened again when it ends, never showing a version twice or an older one. */
public final class HttpStream implements AutoCloseable {

    private final HttpClient client;
    private final URI address;
    private final PartnerToken token;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;
    private volatile @Nullable InputStream open;
    private volatile boolean closed;
    private volatile String lastTrouble = "no answer yet";

    /** Gives a token that is still good for a while. */
    public interface PartnerToken {
        String fresh() throws IOException, InterruptedException;
    }

    private HttpStream(HttpClient client, URI address, PartnerToken token) {
        this.client = client;
        this.address = address;
        this.token = token;
        this.reader = Thread.ofVirtual().name("stream").unstarted(this::read);
    }

    /** Opens the stream and returns once it has told the current state. */
    public static HttpStream open(HttpClient client, URI address, PartnerToken token)
            throws IOException, InterruptedException {
        var stream = new HttpStream(client, address, token);
        stream.reader.start();
        if (!stream.ready.await(30, TimeUnit.SECONDS)) {
            stream.close();
            throw new IOException("the stream is not ready after 30 s: " + stream.lastTrouble);
        }
        return stream;
    }

    /** The next changes, at least one; none if there was none in time. */
    public List<Change> next(Duration patience) throws InterruptedException {
        var next = new ArrayList<Change>();
        var first = changes.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            next.add(first);
            changes.drainTo(next);
        }
        return next;
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        var stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                lastTrouble = String.valueOf(e.getMessage());
            }
        }
    }

    private void read() {
        while (!closed) {
            try {
                readOnce();
            } catch (IOException e) {
                lastTrouble = String.valueOf(e.getMessage());
            } catch (InterruptedException _) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private void readOnce() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token.fresh())
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body();
                var lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            open = body;
            if (answer.statusCode() != 200) {
                throw new IOException("the stream answers " + answer.statusCode());
            }
            var event = new Event();
            for (var line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (line.isEmpty()) {
                    show(event);
                    event = new Event();
                } else {
                    event.take(line);
                }
            }
        }
    }

    private void show(Event event) {
        switch (event.name) {
            case "ready" -> ready.countDown();
            case "journey" -> show(event.data.toString(), Instant.now());
            default -> {
                // Heartbeats and announcements need no answer: the end of the stream has one.
            }
        }
    }

    private void show(String data, Instant seenAt) {
        var journey = HttpCalls.JSON.readTree(data);
        var change = new Change(
                journey.path("journeyId").asString(),
                journey.path("version").asLong(),
                journey.path("status").asString(),
                journey.path("nextAction").isNull()
                        ? null
                        : journey.path("nextAction").asString(),
                seenAt);
        // A stream that was opened again tells the current state, which may be known already.
        if (change.version() > versions.getOrDefault(change.journeyId(), 0L)) {
            versions.put(change.journeyId(), change.version());
            changes.add(change);
        }
    }

    /** One event as it comes in, line by line. */
    private static final class Event {
        private String name = "message";
        private final StringBuilder data = new StringBuilder();

        void take(String line) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                return;
            }
            var value = line.substring(colon + 1).stripLeading();
            switch (line.substring(0, colon)) {
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // id and retry are for apps that resume; this one compares versions.
                }
            }
        }
    }
}

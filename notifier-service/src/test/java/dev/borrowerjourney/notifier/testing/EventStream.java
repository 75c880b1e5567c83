package dev.borrowerjourney.notifier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A device that reads a stream line by line, as the standard of server-sent events has it. */
public final class EventStream implements AutoCloseable {

    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<Stream<String>> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /**
     * One event.
     *
     * @param id null where it has none
     */
    public record Event(String name, @Nullable String id, String data) {}

    private EventStream(URI uri, @Nullable String token) {
        var request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            answer = http.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (answer.statusCode() != OK) {
            DescribedAnswers.held(answer, answer.body().collect(Collectors.joining("\n")));
            reader = Thread.ofVirtual().start(() -> {});
            return;
        }
        DescribedAnswers.held(answer, ":");
        reader = Thread.ofVirtual().start(this::read);
    }

    public static EventStream open(URI uri, @Nullable String token) {
        return new EventStream(uri, token);
    }

    public int status() {
        return answer.statusCode();
    }

    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** Ids of journey events and names of all others, in the order in which they came. */
    public List<String> seen() {
        return events.stream()
                .map(event -> event.id() == null ? event.name() : event.id())
                .toList();
    }

    public EventStream awaitSeen(String... expected) {
        Awaitility.await("the stream to have shown " + List.of(expected) + "; it showed " + seen())
                .atMost(Duration.ofSeconds(90))
                .until(() -> seen().equals(List.of(expected)));
        return this;
    }

    public EventStream awaitLast(String expected) {
        Awaitility.await("the stream to show " + expected)
                .atMost(Duration.ofSeconds(90))
                .until(() -> !seen().isEmpty() && seen().getLast().equals(expected));
        return this;
    }

    public EventStream awaitEnd() {
        Awaitility.await("the stream to end").atMost(Duration.ofSeconds(90)).until(() -> !reader.isAlive());
        return this;
    }

    public boolean open() {
        return reader.isAlive();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void read() {
        String name = "message";
        String id = null;
        var data = new StringBuilder();
        try (var lines = answer.body()) {
            for (var line : (Iterable<String>) lines::iterator) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(name, id, data.toString()));
                    }
                    name = "message";
                    id = null;
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1));
                } else if (line.startsWith("event:")) {
                    name = line.substring(6);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                }
            }
        } catch (UncheckedIOException e) {
            comments.add("cut: " + e.getCause());
        }
    }
}

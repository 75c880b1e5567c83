package dev.borrowerjourney.sandbox.demo.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a service says of itself on its management port. */
final class HttpManagement {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String url;

    /**
     * Asks one service.
     *
     * @param url including {@code /actuator}
     */
    HttpManagement(String url) {
        this.url = url;
    }

    /** Whether it asks for traffic. One that cannot be asked does not. */
    boolean ready() throws InterruptedException {
        try {
            return get("/health/readiness").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether deliveries of this secret are counted, which is as long as the service knows it. */
    boolean knowsSecret(String id) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .anyMatch(line -> line.startsWith("ingest_verified_total{") && line.contains("secret=\"" + id + "\""));
    }

    /** The sum of all series of a metric. */
    double metric(String name) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String metrics() throws IOException, InterruptedException {
        return get("/prometheus").body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
        return client.send(request, BodyHandlers.ofString());
    }
}

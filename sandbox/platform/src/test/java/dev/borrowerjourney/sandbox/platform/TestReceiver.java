package dev.borrowerjourney.sandbox.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Receives webhooks on loopback and answers as told; checks signatures by its own means. */
final class TestReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile ToIntFunction<Received> answer = _ -> 202;

    record Received(
            String eventId, String tenantId, String applicationId, String timestamp, String signature, String body) {
        JsonNode json() {
            return TestPlatform.JSON.readTree(body);
        }

        String status() {
            JsonNode borrower = json().path("borrower");
            JsonNode journey = borrower.has("journeys")
                    ? borrower.path("journeys").valueStream().toList().getLast()
                    : borrower.path("journey");
            return journey.path("status").asString();
        }

        boolean authentic() {
            return signedWith(TestPlatform.WEBHOOK_SECRET);
        }

        boolean signedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
                mac.update(timestamp.getBytes(StandardCharsets.US_ASCII));
                mac.update((byte) '.');
                StringBuilder hex = new StringBuilder();
                for (byte octet : mac.doFinal(body.getBytes(StandardCharsets.UTF_8))) {
                    hex.append("%02x".formatted(octet));
                }
                return hex.toString().equals(signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    TestReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void answer(ToIntFunction<Received> next) {
        answer = next;
    }

    /** Fails a borrower's first deliveries; those of others, which may be late, do not count. */
    void answerFailing(String externalId, int failures, int status) {
        AtomicInteger left = new AtomicInteger(failures);
        answer = one -> one.body().contains('"' + externalId + '"') && left.getAndDecrement() > 0 ? status : 202;
    }

    List<Received> all() {
        return List.copyOf(received);
    }

    List<Received> of(String externalId) {
        return received.stream()
                .filter(it -> it.body().contains('"' + externalId + '"'))
                .toList();
    }

    List<Received> await(String externalId, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> of(externalId), all -> all.size() >= count);
    }

    private void receive(HttpExchange exchange) throws IOException {
        Received one = new Received(
                exchange.getRequestHeaders().getFirst("X-AL-Event-ID"),
                exchange.getRequestHeaders().getFirst("X-AL-Tenant-ID"),
                exchange.getRequestHeaders().getFirst("X-AL-Application-ID"),
                exchange.getRequestHeaders().getFirst("X-AL-Webhook-Timestamp"),
                exchange.getRequestHeaders().getFirst("X-AL-Webhook-Signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        received.add(one);
        int status = answer.applyAsInt(one);
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.borrowerjourney.sandbox.load.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A real HTTP server that was not written here, answering as a test wants. */
final class TestReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** One request as it came. */
    record Received(String eventId, String signature, String body) {}

    private TestReceiver(HttpServer server) {
        this.server = server;
    }

    /** The status answers the request of that place in the order of arrival; it is asked for when the answer is due. */
    static TestReceiver answering(IntUnaryOperator status) throws IOException {
        return answering(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), status);
    }

    static TestReceiver answering(InetSocketAddress address, IntUnaryOperator status) throws IOException {
        // Its own accept log is 50 connections long otherwise, and Nagle's algorithm adds 40 ms to answers with a body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var receiver = new TestReceiver(HttpServer.create(address, 1_000));
        receiver.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.server.createContext("/webhooks/journey-snapshots", exchange -> receiver.take(exchange, status));
        receiver.server.start();
        return receiver;
    }

    private void take(HttpExchange exchange, IntUnaryOperator status) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var headers = exchange.getRequestHeaders();
            int place;
            synchronized (this) {
                place = received.size();
                received.add(new Received(
                        headers.getFirst("X-AL-Event-ID"), headers.getFirst("X-AL-Webhook-Signature"), body));
            }
            int answer = status.applyAsInt(place);
            if (answer == 503) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

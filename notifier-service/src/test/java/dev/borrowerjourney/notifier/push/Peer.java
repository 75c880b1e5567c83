package dev.borrowerjourney.notifier.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A push service on a free loopback port: keeps what it was sent, and answers as it is told. */
final class Peer implements AutoCloseable {

    /** What came; names of headers in small letters. */
    record Received(String method, String path, Map<String, String> headers, ByteBuffer content) {

        byte[] body() {
            var bytes = new byte[content.remaining()];
            content.duplicate().get(bytes);
            return bytes;
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }
    }

    /** What is answered; status 0 cuts the connection, -1 never answers. */
    record Reply(int status, Map<String, String> headers, String body) {

        static final Reply CUT = of(0);
        static final Reply SILENCE = of(-1);

        static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile Function<Received, Reply> replies;

    private Peer(HttpServer server, Function<Received, Reply> replies) {
        this.server = server;
        this.replies = replies;
    }

    static Peer start(Function<Received, Reply> replies) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var peer = new Peer(server, replies);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", peer::answer);
            server.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reply(Function<Received, Reply> next) {
        replies = next;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers,
                    ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
            received.add(request);
            var reply = replies.apply(request);
            if (reply.status() > 0) {
                var body = reply.body().getBytes(StandardCharsets.UTF_8);
                reply.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } else if (reply.equals(Reply.SILENCE)) {
                new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

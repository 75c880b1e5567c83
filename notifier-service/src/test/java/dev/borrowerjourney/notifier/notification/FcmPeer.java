package dev.borrowerjourney.notifier.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Firebase as far as counting goes: keeps which notifications came for which token, and fails while it is told to. */
final class FcmPeer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, List<String>> notifications = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private volatile @Nullable Held held;

    private FcmPeer(HttpServer server) {
        this.server = server;
    }

    static FcmPeer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var peer = new FcmPeer(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/token", exchange -> answer(exchange, 200, "{\"access_token\": \"any\", \"expires_in\": 3599}"));
            server.createContext("/v1/projects/", peer::message);
            server.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What is mounted as fcm.json. */
    String serviceAccount() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var key = Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return """
                    {"type": "service_account", "project_id": "test", "private_key_id": "1",
                     "client_email": "push@test.iam.example", "token_uri": "%s/token",
                     "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
                    """.formatted(url(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void answer(int next) {
        status = next;
    }

    /** Where a message stands still. */
    enum Halt {
        /** It is under way: the call was begun, and nobody has got it. */
        BEFORE_TAKING,
        /** The device is told, and whoever called does not know. */
        AFTER_TAKING
    }

    /** The next message stands still; on closing it goes no further, as behind a caller who has gone. */
    final class Held implements AutoCloseable {

        private final Halt at;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Held(Halt at) {
            this.at = at;
        }

        void awaitArrival() {
            await().atMost(Duration.ofSeconds(90)).until(() -> arrived.getCount() == 0);
        }

        @Override
        public void close() {
            held = null;
            released.countDown();
        }

        private void standStill() throws IOException {
            arrived.countDown();
            try {
                if (released.await(90, TimeUnit.SECONDS)) {
                    throw new IOException("nobody waits for the answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("held for too long");
        }
    }

    Held hold(Halt at) {
        var holding = new Held(at);
        held = holding;
        return holding;
    }

    /** The ids of the notifications that came for a token, each as often as it came. */
    List<String> notifications(String token) {
        return List.copyOf(notifications.getOrDefault(token, List.of()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void message(HttpExchange exchange) throws IOException {
        var message = JSON.readTree(exchange.getRequestBody()).path("message");
        var holding = held;
        if (holding != null && holding.at == Halt.BEFORE_TAKING) {
            holding.standStill();
        }
        notifications
                .computeIfAbsent(message.path("token").asString(""), _ -> new CopyOnWriteArrayList<>())
                .add(message.path("data").path("notificationId").asString(""));
        if (holding != null) {
            holding.standStill();
        }
        answer(exchange, status, "{\"name\": \"projects/test/messages/1\"}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

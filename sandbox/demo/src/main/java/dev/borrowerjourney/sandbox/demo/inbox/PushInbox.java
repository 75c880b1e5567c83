package dev.borrowerjourney.sandbox.demo.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/** Listens as Web Push, FCM and the page on one port; on another as APNs, which speaks HTTP/2 over TLS only. */
public final class PushInbox {

    /** Of the key store for APNs, whose certificate proves nothing to anybody but the demo's own notifier-service. */
    public static final String STORE_PASSWORD = "sandbox";

    private static final byte[] NOTHING = {};

    private final InboxRoutes routes;

    private PushInbox(InboxRoutes routes) {
        this.routes = routes;
    }

    /**
     * Stays until it is ended.
     *
     * @param arguments port, port for APNs, key store
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        int port = Integer.parseInt(arguments[0]);
        var inbox = new PushInbox(new InboxRoutes(new Inbox(), "http://127.0.0.1:" + port));
        SslProvider.GenericSslContextSpec<?> encryption = Http2SslContextSpec.forServer(keys(Path.of(arguments[2])));
        inbox.server(Integer.parseInt(arguments[1]))
                .protocol(HttpProtocol.H2)
                .secure(spec -> spec.sslContext(encryption))
                .bindNow();
        var server = inbox.server(port).bindNow();
        System.out.println(
                "Pushes arrive at 127.0.0.1:" + port + ", those for Apple's devices at port " + arguments[1]);
        server.onDispose().block();
    }

    private HttpServer server(int port) {
        return HttpServer.create().host("127.0.0.1").port(port).handle(this::answer);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        var apnsId = request.requestHeaders().get("apns-id");
        if (apnsId != null) {
            // As Apple does; without it the sender takes the answer for none.
            response.header("apns-id", apnsId);
        }
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(NOTHING)
                .map(body -> routes.answer(request, body))
                .flatMap(answer -> response.status(answer.status())
                        .header("Content-Type", answer.type())
                        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                        .header("Cache-Control", "no-store")
                        .sendString(Mono.just(answer.body()))
                        .then());
    }

    private static KeyManagerFactory keys(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(store)) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, STORE_PASSWORD.toCharArray());
        return manager;
    }
}

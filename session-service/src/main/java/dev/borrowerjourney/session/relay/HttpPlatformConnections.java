package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.relay.RelayProperties.Timeouts;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/**
 * Connections to the platform that are kept, those of each event loop for itself: a call never changes its thread. As many are
 * made as calls are under way, which {@link Admission} bounds; one that nobody uses is closed after a while.
 */
final class HttpPlatformConnections {

    /** Below the usual keep-alive of servers, so that a kept connection is rarely a dead one. */
    private static final Duration UNUSED = Duration.ofSeconds(20);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final TcpClient client;
    private final boolean direct;
    private final HttpPlatformConnection.Manners manners;
    private final FastThreadLocal<Deque<HttpPlatformConnection>> idle = new FastThreadLocal<>() {
        @Override
        protected Deque<HttpPlatformConnection> initialValue() {
            return new ArrayDeque<>();
        }
    };

    HttpPlatformConnections(HttpClient client, PlatformProperties platform, RelayProperties properties) {
        var address = platform.baseUrl();
        var secure = "https".equalsIgnoreCase(address.getScheme());
        var plain = TcpClient.create(ConnectionProvider.newConnection())
                .host(address.getHost())
                .port(address.getPort() < 0 ? (secure ? 443 : 80) : address.getPort())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(platform.connectTimeout().toMillis()));
        this.client = secure ? secured(plain, client) : plain;
        this.direct = !client.configuration().hasProxy();
        this.manners = new HttpPlatformConnection.Manners(
                address.getRawAuthority(),
                properties.timeouts(),
                (int) properties.largestAnswer().toBytes(),
                UNUSED,
                shortest(properties.timeouts()));
    }

    private static Duration shortest(Timeouts timeouts) {
        return Stream.of(timeouts.firstByte(), timeouts.idle(), timeouts.whole(), LOOK)
                .min(Comparator.naturalOrder())
                .orElse(LOOK);
    }

    /** As the whole route does it, the check of the host's name included. */
    private static TcpClient secured(TcpClient plain, HttpClient client) {
        var provider = client.configuration().sslProvider();
        return plain.secure(
                provider != null
                        ? provider
                        : Objects.requireNonNull(client.secure().configuration().sslProvider()));
    }

    /** Whether no proxy is to be asked first, which these connections cannot do. */
    boolean areDirect() {
        return direct;
    }

    /** Sends a call, on the event loop that runs this; the call is told what comes of it. */
    void send(HttpStraightCall call, EventLoop loop) {
        var kept = idle.get();
        for (var connection = kept.pollLast(); connection != null; connection = kept.pollLast()) {
            if (connection.send(call)) {
                return;
            }
        }
        client.runOn(loop).connect().subscribe(connection -> connected(connection, call, kept), call::failed);
    }

    private void connected(Connection made, HttpStraightCall call, Deque<HttpPlatformConnection> kept) {
        var connection = new HttpPlatformConnection(made.channel(), kept, manners);
        made.channel()
                .pipeline()
                .addBefore(NettyPipeline.ReactiveBridge, NettyPipeline.HttpCodec, new HttpClientCodec())
                .addBefore(NettyPipeline.ReactiveBridge, HttpPlatformConnection.class.getName(), connection);
        made.channel().config().setAutoRead(true);
        if (!connection.send(call)) {
            call.failed(new ConnectException("The connection broke as it was made."));
        }
    }
}

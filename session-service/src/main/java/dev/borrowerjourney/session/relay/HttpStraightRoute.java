package dev.borrowerjourney.session.relay;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.LiveSession;
import dev.borrowerjourney.session.session.LiveSessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Relays the usual call, a small read of a session that was seen lately, from connection to connection. It knows no problem
 * and no second attempt: whatever is unusual, in the request, in the answer or on the way, it hands over to the whole route,
 * which decides everything anew. RATIONALE.md tells what it saves.
 */
final class HttpStraightRoute implements SmartLifecycle {

    private static final int UNKNOWN = -1;

    /** Then the whole route looks, which knows what to do if the database does not answer. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final AttributeKey<Handover> HANDOVER = AttributeKey.valueOf(Handover.KEY);

    private final Custody custody;
    private final LiveSessions sessions;
    private final Admission admission;
    private final HttpStraightAnswer answers;
    private final HttpPlatformConnections platform;
    private final Observations observations;
    private final Timer answered;
    private final Timer handedOver;
    private final ApplicationContext context;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> whenOver = new AtomicReference<>();
    private volatile int port = UNKNOWN;
    private volatile boolean open;

    HttpStraightRoute(
            Custody custody,
            LiveSessions sessions,
            Admission admission,
            HttpStraightAnswer answers,
            HttpPlatformConnections platform,
            Observations observations,
            MeterRegistry meters,
            ApplicationContext context) {
        this.custody = custody;
        this.sessions = sessions;
        this.admission = admission;
        this.answers = answers;
        this.platform = platform;
        this.observations = observations;
        this.answered = meters.timer("session.relay.straight", "outcome", "answered");
        this.handedOver = meters.timer("session.relay.straight", "outcome", "handed_over");
        this.context = context;
    }

    /** The server of the management port is made by the same customizer, and must not relay. */
    @EventListener
    void opened(WebServerInitializedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            port = event.getWebServer().getPort();
        }
    }

    /** Stands before the whole route on each connection of a server. */
    HttpServer before(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> standIn(channel)).mapHandle(HttpStraightRoute::takingOver);
    }

    /** On plain HTTP/1.1 alone, where nothing else is made of answers and nothing stands before the platform. */
    private void standIn(Channel channel) {
        var pipeline = channel.pipeline();
        if (platform.areDirect()
                && pipeline.get(NettyPipeline.HttpTrafficHandler) != null
                && pipeline.get(NettyPipeline.CompressionHandler) == null) {
            pipeline.addBefore(
                    NettyPipeline.HttpTrafficHandler,
                    HttpStraightHandler.class.getName(),
                    new HttpStraightHandler(this));
        }
    }

    /** What was handed over goes with the request that it belongs to, which is handled before any other one. */
    private static Mono<Void> takingOver(Mono<Void> whole, Connection connection) {
        var handover = connection.channel().attr(HANDOVER).getAndSet(null);
        return handover == null
                ? whole
                : whole.contextWrite(view -> view.put(Handover.KEY, handover)).doFinally(_ -> handover.close());
    }

    Optional<HttpUsualCall> usual(HttpRequest request, Channel channel) {
        return open && isOfThePublicPort(channel) ? HttpUsualCall.of(request, custody) : Optional.empty();
    }

    private boolean isOfThePublicPort(Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress address && address.getPort() == port;
    }

    /** The session of a call, if that was seen lately. */
    Optional<LiveSession> remembered(HttpUsualCall request) {
        return sessions.remembered(request.token());
    }

    /** What the database says of the session of a call; empty if it was not seen before, or if that takes long or fails. */
    CompletableFuture<Optional<LiveSession>> look(HttpUsualCall request) {
        return sessions.seenBefore(request.token())
                .map(answer -> answer.copy()
                        .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(_ -> Optional.empty()))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** Counts a call of which the server does not know; false if it is too late for one. {@link #leave} has to follow. */
    boolean enter() {
        underWay.incrementAndGet();
        if (!open) {
            leave();
        }
        return open;
    }

    void leave() {
        if (underWay.decrementAndGet() == 0) {
            tellThatItIsOver();
        }
    }

    /** The call, if the platform is to be asked now; why not is handed over to the whole route. */
    Optional<HttpStraightCall> begin(
            HttpUsualCall request, LiveSession session, Channel channel, HttpStraightCall.Ends ends) {
        if (!session.credentials().lasts()) {
            return Optional.empty();
        }
        return switch (admission.decide(session.credentials().platformSessionId())) {
            case Ticket ticket -> Optional.of(new HttpStraightCall(request, session, ticket, ends));
            case Admission.Withheld withheld -> {
                channel.attr(HANDOVER).set(new Handover(withheld, null));
                yield Optional.empty();
            }
        };
    }

    void send(HttpStraightCall call, EventLoop loop) {
        observations.called(call.session().credentials().platformSessionId());
        platform.send(call, loop);
    }

    /** The answer to the app; empty if it is an unusual one. */
    Optional<FullHttpResponse> written(HttpStraightCall call, HttpResponse head, byte[] body) {
        return answers.written(call, head, body);
    }

    void ended(HttpStraightCall call) {
        answered.record(System.nanoTime() - call.ticket().since(), NANOSECONDS);
        call.ticket().close();
    }

    /** Leaves the call to the whole route, which is to be given its request next. */
    void handOver(HttpStraightCall call, @Nullable Throwable failure, Channel channel) {
        handedOver.record(System.nanoTime() - call.ticket().since(), NANOSECONDS);
        channel.attr(HANDOVER).set(new Handover(call.ticket(), failure));
    }

    /** A connection has ended; what it handed over and nobody took is over, too. */
    void leaveNothing(Channel channel) {
        var handover = channel.attr(HANDOVER).getAndSet(null);
        if (handover != null) {
            handover.close();
        }
    }

    private void tellThatItIsOver() {
        var waiting = open ? null : whenOver.getAndSet(null);
        if (waiting != null) {
            waiting.run();
        }
    }

    @Override
    public void start() {
        open = true;
    }

    /** Before the server stops, which does not know of these calls and would cut them off. */
    @Override
    public void stop(Runnable callback) {
        open = false;
        whenOver.set(callback);
        if (underWay.get() == 0) {
            tellThatItIsOver();
        }
    }

    @Override
    public void stop() {
        open = false;
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}

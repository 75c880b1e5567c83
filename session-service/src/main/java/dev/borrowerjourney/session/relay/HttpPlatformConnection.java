package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.relay.RelayProperties.Timeouts;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** One connection to the platform, with at most one call on it. */
// What fails on a connection closes it, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpPlatformConnection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final Deque<HttpPlatformConnection> idle;
    private final Manners manners;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpStraightCall call;
    private @Nullable HttpStraightCall answered;
    private long heardAt = System.nanoTime();
    private boolean keptAlive;

    HttpPlatformConnection(Channel channel, Deque<HttpPlatformConnection> idle, Manners manners) {
        this.channel = channel;
        this.idle = idle;
        this.manners = manners;
    }

    /**
     * How the platform is spoken to.
     *
     * @param host as it stands in the {@code Host} header
     * @param timeouts how long it may take
     * @param mostBytes of an answer that is usual
     * @param unused how long a connection is kept that nobody uses
     * @param look how often at least a call that waits is looked at
     */
    record Manners(String host, Timeouts timeouts, int mostBytes, Duration unused, Duration look) {}

    /** Returns whether it went out; the call is told what comes of it. */
    boolean send(HttpStraightCall next) {
        var own = context;
        if (own == null || !channel.isActive()) {
            return false;
        }
        if (next.isOver()) {
            idle.offerLast(this);
            return true;
        }
        call = next;
        keptAlive = true;
        heardAt = System.nanoTime();
        own.write(request(next), channel.voidPromise());
        HttpFlushes.soon(own);
        return true;
    }

    private FullHttpRequest request(HttpStraightCall next) {
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, next.request().path(), Unpooled.EMPTY_BUFFER);
        var headers = request.headers();
        headers.set(HttpHeaderNames.HOST, manners.host());
        headers.set(HttpHeaderNames.USER_AGENT, HttpClient.USER_AGENT);
        headers.set(
                HttpHeaderNames.AUTHORIZATION,
                "Bearer " + next.session().credentials().token().reveal());
        headers.set(HttpHeaderNames.ACCEPT, next.request().accept());
        if (next.request().language() != null) {
            headers.set(HttpHeaderNames.ACCEPT_LANGUAGE, next.request().language());
        }
        headers.set(CorrelationId.HEADER, next.request().correlationId());
        return request;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        lookIn(manners.look());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            heardAt = System.nanoTime();
            if (call == null || call.isOver()) {
                // Nobody asked for it, or the app has gone.
                keptAlive = false;
                channel.close();
            } else if (!(message instanceof HttpObject part)
                    || part.decoderResult().isFailure()
                    || !heard(call, message)) {
                var given = call;
                call = null;
                channel.close();
                given.unusual();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Returns whether it is usual. */
    private boolean heard(HttpStraightCall asked, Object message) {
        if (message instanceof HttpResponse head) {
            if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                return false;
            }
            keptAlive = HttpUtil.isKeepAlive(head);
            asked.begins(head);
        }
        if (message instanceof HttpContent content && !asked.plus(content.content(), manners.mostBytes())) {
            return false;
        }
        if (message instanceof LastHttpContent) {
            call = null;
            answered = asked;
        }
        return true;
    }

    /** Only when nothing stands behind an answer is it that of its call, and may another call follow. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        end();
        context.fireChannelReadComplete();
    }

    private void end() {
        var asked = answered;
        if (asked == null) {
            return;
        }
        answered = null;
        if (keptAlive && channel.isActive()) {
            idle.offerLast(this);
        } else {
            channel.close();
        }
        asked.whole();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idle.remove(this);
        end();
        if (call != null) {
            var given = call;
            call = null;
            given.failed(new IOException("The platform closed the connection before its answer was whole."));
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        keptAlive = false;
        end();
        if (call != null) {
            var given = call;
            call = null;
            given.failed(failure);
        }
        channel.close();
    }

    private void lookIn(Duration time) {
        channel.eventLoop().schedule(this::look, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A call costs no timer: now and then it is looked whether the one under way is late. */
    private void look() {
        if (!channel.isActive()) {
            return;
        }
        var next = call == null ? restingFor() : waitingFor(call);
        if (next.isPositive()) {
            lookIn(next.compareTo(manners.look()) < 0 ? next : manners.look());
        } else {
            channel.close();
        }
    }

    private Duration restingFor() {
        return manners.unused().minusNanos(System.nanoTime() - heardAt);
    }

    private Duration waitingFor(HttpStraightCall asked) {
        if (asked.isOver()) {
            return Duration.ZERO;
        }
        var timeouts = manners.timeouts();
        var now = System.nanoTime();
        var whole = timeouts.whole().minusNanos(now - asked.ticket().since());
        var silent = (asked.hasBegun() ? timeouts.idle() : timeouts.firstByte()).minusNanos(now - heardAt);
        if (whole.isPositive() && silent.isPositive()) {
            asked.waits();
            return whole.compareTo(silent) < 0 ? whole : silent;
        }
        call = null;
        asked.late(
                whole.isPositive() ? (asked.hasBegun() ? Fault.LATE_IDLE : Fault.LATE_FIRST_BYTE) : Fault.LATE_WHOLE);
        return Duration.ZERO;
    }
}

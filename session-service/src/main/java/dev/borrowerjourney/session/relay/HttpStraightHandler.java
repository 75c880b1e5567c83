package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.session.LiveSession;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Takes the usual calls out of one connection of an app. A call is taken only while no other one waits for its answer, so
 * that answers go out in the order of their requests (RFC 9112, section 9.3.2). What comes meanwhile waits, and nothing more is
 * read before it has been dealt with.
 */
// What fails on a connection closes it, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpStraightHandler extends ChannelDuplexHandler implements HttpStraightCall.Ends {

    private final HttpStraightRoute route;
    private final Queue<Object> waiting = new ArrayDeque<>(2);
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpRequest head;
    private @Nullable HttpUsualCall usual;
    private @Nullable HttpUsualCall looking;
    private @Nullable HttpStraightCall underWay;
    private boolean writing;
    private int passed;
    private boolean persistent = true;

    HttpStraightHandler(HttpStraightRoute route) {
        this.route = route;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isBusy()) {
            waiting.add(message);
        } else {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (head != null) {
            takeEnd(context, message);
        } else if (message instanceof HttpRequest request) {
            takeHead(context, request);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void takeHead(ChannelHandlerContext context, HttpRequest request) {
        if (passed == 0 && persistent && request.decoderResult().isSuccess()) {
            usual = route.usual(request, context.channel()).orElse(null);
        }
        if (usual != null) {
            head = request;
        } else {
            pass(context, request);
        }
    }

    private boolean isBusy() {
        return underWay != null || looking != null || writing;
    }

    /** A usual call has no body, so this is its end, unless it is none. */
    private void takeEnd(ChannelHandlerContext context, Object message) {
        var request = usual;
        usual = null;
        if (request == null || !isBare(message) || !route.enter()) {
            passWhole(context, message);
            return;
        }
        ReferenceCountUtil.release(message);
        readOn(context);
        route.remembered(request)
                .ifPresentOrElse(session -> begin(context, request, session), () -> look(context, request));
    }

    /**
     * Now rather than after the answer, so that it costs no change of what the system is to report. The server turns reading
     * without end on where it has no request.
     */
    private void readOn(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        if (waiting.isEmpty()) {
            context.read();
        }
    }

    private void begin(ChannelHandlerContext context, HttpUsualCall request, LiveSession session) {
        underWay = route.begin(request, session, context.channel(), this).orElse(null);
        if (underWay == null) {
            leave(context);
        } else {
            route.send(underWay, context.channel().eventLoop());
        }
    }

    private void look(ChannelHandlerContext context, HttpUsualCall request) {
        looking = request;
        route.look(request).thenAcceptAsync(session -> found(context, request, session), context.executor());
    }

    private void found(ChannelHandlerContext context, HttpUsualCall request, Optional<LiveSession> session) {
        if (!request.equals(looking)) {
            return;
        }
        looking = null;
        guarded(context, () -> {
            if (session.isPresent()) {
                begin(context, request, session.get());
            } else {
                leave(context);
            }
            goOn(context);
        });
    }

    /** The whole route goes on with the request. */
    private void leave(ChannelHandlerContext context) {
        route.leave();
        passWhole(context, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Whoever calls back is not this connection's pipeline, and would leave it without an answer. */
    private static void guarded(ChannelHandlerContext context, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            context.fireExceptionCaught(e);
            context.close();
        }
    }

    private static boolean isBare(Object message) {
        return message instanceof LastHttpContent end
                && end.decoderResult().isSuccess()
                && !end.content().isReadable()
                && end.trailingHeaders().isEmpty();
    }

    private void passWhole(ChannelHandlerContext context, Object end) {
        var request = head;
        head = null;
        if (request != null) {
            pass(context, request);
        }
        context.fireChannelRead(end);
    }

    private void pass(ChannelHandlerContext context, HttpRequest request) {
        passed++;
        persistent &= request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
        context.fireChannelRead(request);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                context.write(message, promise);
                return;
            }
            persistent &= HttpUtil.isKeepAlive(response);
        }
        if (message instanceof LastHttpContent) {
            passed--;
        }
        context.write(message, promise);
    }

    @Override
    public void answered(HttpStraightCall call, HttpResponse answer, byte[] body) {
        var own = context;
        if (own != null && call.equals(underWay)) {
            guarded(own, () -> route.written(call, answer, body)
                    .ifPresentOrElse(written -> write(own, call, written), () -> handOver(own, call, null)));
        }
    }

    /** The next one is taken when this answer has left: who does not read gets no more of them. */
    private void write(ChannelHandlerContext own, HttpStraightCall call, FullHttpResponse written) {
        underWay = null;
        head = null;
        writing = true;
        own.write(written).addListener(_ -> {
            writing = false;
            route.ended(call);
            route.leave();
            guarded(own, () -> goOn(own));
        });
        HttpFlushes.soon(own);
    }

    @Override
    public void handedOver(HttpStraightCall call, @Nullable Throwable failure) {
        var own = context;
        if (own != null && call.equals(underWay)) {
            guarded(own, () -> handOver(own, call, failure));
        }
    }

    private void handOver(ChannelHandlerContext own, HttpStraightCall call, @Nullable Throwable failure) {
        underWay = null;
        route.handOver(call, failure, own.channel());
        leave(own);
        goOn(own);
    }

    /** The connection is not idle: its answer is on the way. */
    @Override
    public void waited() {
        if (context != null
                && context.pipeline().get(NettyPipeline.IdleTimeoutHandler) instanceof IdleStateHandler timeout) {
            timeout.resetReadTimeout();
        }
    }

    private void goOn(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            return;
        }
        while (!isBusy() && !waiting.isEmpty()) {
            take(context, waiting.remove());
        }
        if (passed == 0 && !isBusy()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (underWay != null) {
            underWay.abandon();
        }
        if (underWay != null || looking != null) {
            route.leave();
        }
        underWay = null;
        looking = null;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        route.leaveNothing(context.channel());
        context.fireChannelInactive();
    }
}

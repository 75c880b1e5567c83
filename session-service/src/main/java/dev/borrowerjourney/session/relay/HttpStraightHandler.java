package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.session.LiveSession;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
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
 * that answers go out in the order of their requests (RFC 9112, section 9.3.2); what comes meanwhile waits, and is no more
 * than what one look at the connection read.
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
        return underWay != null || looking != null;
    }

    /** A usual call has no body, so this is its end, unless it is none. */
    private void takeEnd(ChannelHandlerContext context, Object message) {
        var request = usual;
        usual = null;
        if (request == null || !isBare(message)) {
            passWhole(context, message);
            return;
        }
        ReferenceCountUtil.release(message);
        // Before the call is sent, so that what is read next costs no change of what the system is to report.
        context.read();
        route.remembered(request)
                .ifPresentOrElse(session -> begin(context, request, session), () -> look(context, request));
    }

    private void begin(ChannelHandlerContext context, HttpUsualCall request, LiveSession session) {
        underWay = route.begin(request, session, this).orElse(null);
        if (underWay == null) {
            passWhole(context, LastHttpContent.EMPTY_LAST_CONTENT);
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
        if (session.isPresent()) {
            begin(context, request, session.get());
        } else {
            passWhole(context, LastHttpContent.EMPTY_LAST_CONTENT);
        }
        goOn(context);
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
        if (own == null || !call.equals(underWay)) {
            return;
        }
        var written = route.written(call, answer, body);
        if (written.isEmpty()) {
            handedOver(call, null);
            return;
        }
        underWay = null;
        head = null;
        own.writeAndFlush(written.get(), own.voidPromise());
        route.ended(call);
        goOn(own);
    }

    @Override
    public void handedOver(HttpStraightCall call, @Nullable Throwable failure) {
        var own = context;
        if (own == null || !call.equals(underWay)) {
            return;
        }
        underWay = null;
        route.handOver(call, failure, own.channel());
        passWhole(own, LastHttpContent.EMPTY_LAST_CONTENT);
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
            route.abandoned(underWay);
            underWay = null;
        }
        looking = null;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        route.leaveNothing(context.channel());
        context.fireChannelInactive();
    }
}

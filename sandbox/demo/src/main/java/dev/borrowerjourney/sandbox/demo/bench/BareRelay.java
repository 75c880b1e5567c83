package dev.borrowerjourney.sandbox.demo.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * The HTTP codecs that the relay stands on, with nothing on top: passes each request on as it is and each answer back, on kept
 * connections of the same event loop. What it reaches is what a relay in Java could reach if it looked at nothing.
 */
public final class BareRelay {

    /** The system's own kind, as the service has it. */
    private static final LoopResources LOOPS =
            LoopResources.create("bare", Runtime.getRuntime().availableProcessors(), true);

    private static final FastThreadLocal<Deque<Behind>> IDLE = new FastThreadLocal<>() {
        @Override
        protected Deque<Behind> initialValue() {
            return new ArrayDeque<>();
        }
    };

    private BareRelay() {}

    /**
     * Serves until it is ended.
     *
     * @param arguments the port on loopback, and the port of the upstream there
     */
    public static void main(String[] arguments) throws InterruptedException {
        var upstream = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        var loops = LOOPS.onServer(true);
        new ServerBootstrap()
                .group(loops)
                .channel(LOOPS.onChannelClass(ServerSocketChannel.class, loops))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel app) {
                        app.pipeline().addLast(new HttpServerCodec(), new Front(upstream));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    /** A connection of an app, which asks one thing at a time. */
    private static final class Front extends ChannelInboundHandlerAdapter {

        private final InetSocketAddress upstream;
        private final List<Object> request = new ArrayList<>(2);

        Front(InetSocketAddress upstream) {
            this.upstream = upstream;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            request.add(message);
            if (message instanceof LastHttpContent) {
                var kept = IDLE.get().pollLast();
                if (kept != null) {
                    send(context, kept);
                } else {
                    connect(context);
                }
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored")
        private void connect(ChannelHandlerContext context) {
            EventLoop loop = context.channel().eventLoop();
            var made = new Behind();
            new Bootstrap()
                    .group(loop)
                    .channel(LOOPS.onChannelClass(SocketChannel.class, loop))
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel platform) {
                            platform.pipeline().addLast(new HttpClientCodec(), made);
                        }
                    })
                    .connect(upstream)
                    .addListener(connected -> {
                        if (connected.isSuccess()) {
                            send(context, made);
                        } else {
                            context.close();
                        }
                    });
        }

        private void send(ChannelHandlerContext context, Behind behind) {
            behind.ask(context, request);
            request.clear();
        }
    }

    /** A connection to the upstream. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Behind extends ChannelInboundHandlerAdapter {

        private @Nullable ChannelHandlerContext own;
        private @Nullable ChannelHandlerContext front;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            own = context;
        }

        void ask(ChannelHandlerContext asking, List<Object> request) {
            front = asking;
            if (own != null) {
                request.forEach(own::write);
                own.flush();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var asking = front;
            if (asking == null) {
                ReferenceCountUtil.release(message);
            } else if (message instanceof LastHttpContent) {
                front = null;
                IDLE.get().offerLast(this);
                asking.writeAndFlush(message);
            } else {
                asking.write(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            IDLE.get().remove(this);
            if (front != null) {
                front.close();
            }
        }
    }
}

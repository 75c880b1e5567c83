package dev.borrowerjourney.sandbox.load.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request in flight. */
final class Connection {

    private static final int LARGEST_REQUEST = 16 * 1024;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_REQUEST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_ANSWER);
    private final AnswerReader answer = new AnswerReader();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable Attempt attempt;
    private long sentNanos;

    Connection(InetSocketAddress address, Selector selector) {
        this.address = address;
        this.selector = selector;
    }

    /** Returns whether the connection stands already; otherwise the selector will tell. */
    boolean open() throws IOException {
        var opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        answer.reset();
        in.clear();
        boolean connected = opened.connect(address);
        key = opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        return connected;
    }

    void finishConnect() throws IOException {
        channel().finishConnect();
        key().interestOps(SelectionKey.OP_READ);
    }

    /** The buffer that takes the request; {@link #send} sends what is in it. */
    ByteBuffer request() {
        return out.clear();
    }

    void send(Attempt next, long now) throws IOException {
        attempt = next;
        sentNanos = now;
        out.flip();
        write();
    }

    void write() throws IOException {
        channel().write(out);
        int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key().interestOps() != wanted) {
            key().interestOps(wanted);
        }
    }

    /** Reads what is there; returns the answer once it is complete, else null. */
    @Nullable
    AnswerReader read() throws IOException {
        if (channel().read(in) < 0) {
            throw new IOException("connection closed by the receiver");
        }
        if (attempt == null) {
            throw new IOException("answer to no request");
        }
        if (answer.complete(in)) {
            return answer;
        }
        if (!in.hasRemaining()) {
            throw new IOException("answer: over " + LARGEST_ANSWER + " bytes");
        }
        return null;
    }

    /** Takes the attempt off the connection, which is then idle. */
    @Nullable
    Attempt finish() {
        var finished = attempt;
        attempt = null;
        answer.reset();
        in.clear();
        return finished;
    }

    boolean late(long now, long patienceNanos) {
        return attempt != null && now - sentNanos > patienceNanos;
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // It is given up anyway.
        }
    }

    private SocketChannel channel() throws IOException {
        if (channel == null) {
            throw new IOException("never opened");
        }
        return channel;
    }

    private SelectionKey key() throws IOException {
        if (key == null) {
            throw new IOException("never opened");
        }
        return key;
    }
}

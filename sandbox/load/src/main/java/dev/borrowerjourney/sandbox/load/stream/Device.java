package dev.borrowerjourney.sandbox.load.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One device with its stream. */
final class Device implements EventReader.Sink {

    private static final int OK = 200;

    /** What browsers take where the server says nothing; of no use once it has said something. */
    private static final long USUAL_RETRY_MILLIS = 3_000;

    private final int number;
    private final InetSocketAddress address;
    private final byte[] request;
    private final Devices devices;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private EventReader reader = new EventReader(this);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private int status;
    private boolean ready;
    private long readAt;
    private long retryMillis = USUAL_RETRY_MILLIS;

    Device(int number, InetSocketAddress address, byte[] request, Devices devices) {
        this.number = number;
        this.address = address;
        this.request = request;
        this.devices = devices;
    }

    void open(Selector selector) throws IOException {
        status = 0;
        ready = false;
        reader = new EventReader(this);
        out = ByteBuffer.wrap(request);
        var opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = opened.connect(address);
        key = opened.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
    }

    void connected() throws IOException {
        Objects.requireNonNull(channel).finishConnect();
        Objects.requireNonNull(key).interestOps(SelectionKey.OP_WRITE);
    }

    void write() throws IOException {
        Objects.requireNonNull(channel).write(out);
        if (!out.hasRemaining()) {
            Objects.requireNonNull(key).interestOps(SelectionKey.OP_READ);
        }
    }

    /** Reads what is there, by a buffer that all devices share; returns false at the stream's end. */
    boolean read(ByteBuffer in) throws IOException {
        in.clear();
        int count = Objects.requireNonNull(channel).read(in);
        readAt = System.nanoTime();
        if (count < 0) {
            return false;
        }
        reader.read(in.flip());
        return !reader.ended() && (status == 0 || status == OK);
    }

    /** Whether the present state was shown to its end. */
    boolean ready() {
        return ready;
    }

    /** Whether the server has answered at all. */
    boolean answered() {
        return status != 0;
    }

    long retryNanos() {
        return TimeUnit.MILLISECONDS.toNanos(retryMillis);
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

    @Override
    public void answered(int answer) {
        status = answer;
    }

    @Override
    public void event(String name, @Nullable String id, String data) {
        if (name.equals("ready")) {
            ready = true;
        }
        devices.shown(number, name, id, data, readAt);
    }

    @Override
    public void retry(long millis) {
        retryMillis = millis;
    }
}

package dev.borrowerjourney.sandbox.load.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One open stream for each request. A stream that is lost is opened again after the wait that its server asked for, as an
 * EventSource does, until {@link #close}.
 */
public final class OpenStreams implements AutoCloseable {

    private static final long LOOK = Duration.ofMillis(5).toNanos();

    private final int wanted;
    private final StreamLoop loop;
    private final Thread thread;

    private OpenStreams(int wanted, StreamLoop loop) {
        this.wanted = wanted;
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("streams").daemon().start(loop);
    }

    /**
     * Begins to open the streams; {@link #awaitReady} tells when all are open.
     *
     * @param requests whole requests, as they go over the wire
     */
    public static OpenStreams open(InetSocketAddress address, List<byte[]> requests, Devices devices)
            throws IOException {
        return new OpenStreams(requests.size(), new StreamLoop(address, requests, devices));
    }

    /** How many devices have been shown by now that their present state is complete. */
    public int ready() {
        return loop.ready();
    }

    /** Streams that ended without this side's doing, since the beginning. */
    public long lost() {
        return loop.lost();
    }

    /** Attempts that were answered with something else than a stream, since the beginning. */
    public long refused() {
        return loop.refused();
    }

    /** Returns whether all devices are ready at once within the time. */
    public boolean awaitReady(Duration time) {
        return await(() -> loop.ready() == wanted, time);
    }

    /** Returns whether all devices have lost their stream within the time. */
    public boolean awaitLost(Duration time) {
        return await(() -> loop.ready() == 0, time);
    }

    private boolean await(BooleanSupplier met, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (!met.getAsBoolean()) {
            loop.failure().ifPresent(e -> {
                throw new IllegalStateException("the devices' side failed", e);
            });
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(LOOK);
        }
        return true;
    }

    /** Ends all streams. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

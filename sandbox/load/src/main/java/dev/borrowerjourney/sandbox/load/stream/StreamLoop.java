package dev.borrowerjourney.sandbox.load.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The one thread that opens and reads. */
final class StreamLoop implements Runnable {

    /** First openings under way at a time; whoever comes back keeps to the wait that the server asked for. */
    private static final int OPENING_AT_ONCE = 100;

    private static final long LONGEST_SELECT = 100;
    private static final int READ = 64 * 1024;

    private record Reopening(Device device, long atNanos) {}

    private final Selector selector = Selector.open();
    private final List<Device> devices = new ArrayList<>();
    private final ArrayDeque<Device> first = new ArrayDeque<>();
    private final PriorityQueue<Reopening> again = new PriorityQueue<>(Comparator.comparingLong(Reopening::atNanos));
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ);
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private int opening;
    private volatile boolean stopping;
    private volatile @Nullable Exception failure;

    StreamLoop(InetSocketAddress address, List<byte[]> requests, Devices shown) throws IOException {
        for (int number = 0; number < requests.size(); number++) {
            devices.add(new Device(number, address, requests.get(number), shown));
        }
        first.addAll(devices);
    }

    int ready() {
        return ready.get();
    }

    long lost() {
        return lost.get();
    }

    long refused() {
        return refused.get();
    }

    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try (selector) {
            while (!stopping) {
                openDue();
                selector.select(this::selected, untilNext(System.nanoTime()));
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            devices.forEach(Device::close);
        }
    }

    private void openDue() {
        while (opening < OPENING_AT_ONCE && !first.isEmpty()) {
            open(first.remove());
        }
        long now = System.nanoTime();
        for (var next = again.peek(); next != null && next.atNanos() - now <= 0; next = again.peek()) {
            again.remove();
            open(next.device());
        }
    }

    private void open(Device device) {
        opening++;
        try {
            device.open(selector);
        } catch (IOException e) {
            ended(device);
        }
    }

    private long untilNext(long now) {
        var next = again.peek();
        return next == null ? LONGEST_SELECT : Math.clamp((next.atNanos() - now) / 1_000_000, 1, LONGEST_SELECT);
    }

    private void selected(SelectionKey key) {
        var device = (Device) key.attachment();
        boolean before = device.ready();
        try {
            if (key.isConnectable()) {
                device.connected();
            }
            if (key.isWritable()) {
                device.write();
            }
            if (key.isReadable() && !device.read(in)) {
                ended(device, before);
                return;
            }
        } catch (IOException e) {
            ended(device, before);
            return;
        }
        if (!before && device.ready()) {
            opening--;
            ready.incrementAndGet();
        }
    }

    private void ended(Device device, boolean wasReady) {
        if (wasReady) {
            ready.decrementAndGet();
            lost.incrementAndGet();
            opening++;
        } else if (device.answered()) {
            refused.incrementAndGet();
        }
        ended(device);
    }

    private void ended(Device device) {
        opening--;
        device.close();
        again.add(new Reopening(device, System.nanoTime() + device.retryNanos()));
    }
}

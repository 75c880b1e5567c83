package dev.borrowerjourney.sandbox.load.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Deliveries signed ahead of a run, 32 bytes each, so that signing costs the measured time nothing. */
public final class PreparedDeliveries implements DeliverySource {

    private final byte[] signatures;
    private final long first;
    private final int count;
    private final long signedAtMillis;
    private final Duration took;
    private int next;

    private PreparedDeliveries(byte[] signatures, long first, int count, long signedAtMillis, Duration took) {
        this.signatures = signatures;
        this.first = first;
        this.count = count;
        this.signedAtMillis = signedAtMillis;
        this.took = took;
    }

    /**
     * Signs deliveries with consecutive numbers, all as of one time.
     *
     * @param threads how many sign at once
     */
    public static PreparedDeliveries sign(
            SnapshotRequests requests, String secret, Instant at, long first, int count, int threads)
            throws InterruptedException {
        var signatures = new byte[Math.multiplyExact(count, Delivery.SIGNATURE_BYTES)];
        long from = System.nanoTime();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var parts = new ArrayList<Future<?>>();
            for (int part = 0; part < threads; part++) {
                int begin = (int) ((long) count * part / threads);
                int end = (int) ((long) count * (part + 1) / threads);
                var own = requests.copy();
                var signer = new Signer(secret);
                parts.add(executor.submit(() -> {
                    for (int i = begin; i < end; i++) {
                        own.sign(first + i, at.toEpochMilli(), signer, signatures, i * Delivery.SIGNATURE_BYTES);
                    }
                }));
            }
            for (var part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("signing failed", e.getCause());
        }
        return new PreparedDeliveries(
                signatures, first, count, at.toEpochMilli(), Duration.ofNanos(System.nanoTime() - from));
    }

    /** How many were signed a second, with all threads together. */
    public double perSecond() {
        return count / (took.toNanos() / 1e9);
    }

    @Override
    public @Nullable Delivery next() {
        if (next == count) {
            return null;
        }
        int index = next++;
        return new Delivery(first + index, signedAtMillis, signatures, index * Delivery.SIGNATURE_BYTES);
    }
}

package dev.borrowerjourney.sandbox.load.delivery;

import java.nio.ByteBuffer;
import java.util.List;

/** The same requests in turn, without end: for what only reads, and whose answers need no account of their ids. */
public final class RepeatedRequests implements DeliverySource, RequestWriter {

    private static final byte[] UNSIGNED = new byte[0];

    private final List<byte[]> requests;
    private long next;

    public RepeatedRequests(List<byte[]> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("requests: none (expected: at least one)");
        }
        this.requests = List.copyOf(requests);
    }

    @Override
    public Delivery next() {
        return new Delivery(next++, 0, UNSIGNED, 0);
    }

    @Override
    public void write(Delivery delivery, ByteBuffer into) {
        into.put(requests.get((int) (delivery.number() % requests.size())));
    }
}

package dev.borrowerjourney.sandbox.load.delivery;

import java.util.UUID;

/** A sender and what it sends. */
public final class Fixtures {

    public static final Sender SENDER = new Sender(
            UUID.fromString("0f6f1c5e-6a58-4b0e-9d3b-5f1a52f0a7c1"),
            UUID.fromString("3c1d6a52-8f0d-4f3e-8a57-2b9c1d7e4f60"));

    /** Of a test only. */
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Fixtures() {}

    public static SnapshotRequests requests(long seed) {
        return new SnapshotRequests(SENDER, "127.0.0.1:1", seed, 10_000);
    }
}

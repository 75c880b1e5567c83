package dev.borrowerjourney.sandbox.load.delivery;

/**
 * One signed delivery, small enough to keep millions of them for a retry of the very same bytes. Number and time say what
 * it contains; {@link SnapshotRequests} writes it out.
 */
public final class Delivery {

    static final int SIGNATURE_BYTES = 32;
    private static final int NONE = -1;

    private final long number;
    private final long signedAtMillis;
    private final byte[] signatures;
    private final int offset;
    private final int flippedBit;

    /** The signature lies in an array that many deliveries share. */
    Delivery(long number, long signedAtMillis, byte[] signatures, int offset) {
        this(number, signedAtMillis, signatures, offset, NONE);
    }

    private Delivery(long number, long signedAtMillis, byte[] signatures, int offset, int flippedBit) {
        this.number = number;
        this.signedAtMillis = signedAtMillis;
        this.signatures = signatures;
        this.offset = offset;
        this.flippedBit = flippedBit;
    }

    /**
     * The same delivery, changed on its way after it was signed.
     *
     * @param bit counts from the body's first bit; taken modulo the body's length
     */
    public Delivery withFlippedBit(int bit) {
        return new Delivery(number, signedAtMillis, signatures, offset, bit);
    }

    public long number() {
        return number;
    }

    long signedAtMillis() {
        return signedAtMillis;
    }

    byte signature(int index) {
        return signatures[offset + index];
    }

    boolean flipped() {
        return flippedBit != NONE;
    }

    int flippedBit() {
        return flippedBit;
    }
}

package dev.borrowerjourney.sandbox.load.delivery;

import java.nio.ByteBuffer;

/** Writes a delivery out as an HTTP request. Asked by one thread only. */
@FunctionalInterface
public interface RequestWriter {

    /** The whole request, into a buffer that must have room for it. */
    void write(Delivery delivery, ByteBuffer into);
}

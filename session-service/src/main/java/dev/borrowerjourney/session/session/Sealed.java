package dev.borrowerjourney.session.session;

import java.nio.ByteBuffer;

/** Ciphertext of a {@link TokenSeal}, as it lies in the database. */
record Sealed(ByteBuffer ciphertext) {

    static Sealed of(byte[] bytes) {
        return new Sealed(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    byte[] bytes() {
        var bytes = new byte[ciphertext.remaining()];
        ciphertext.duplicate().get(bytes);
        return bytes;
    }
}

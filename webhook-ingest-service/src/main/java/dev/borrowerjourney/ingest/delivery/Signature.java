package dev.borrowerjourney.ingest.delivery;

import java.security.MessageDigest;

/** What a sender says that the secret makes of its delivery. */
final class Signature {

    private final String verbatim;
    private final byte[] mac;

    Signature(String verbatim, byte[] mac) {
        this.verbatim = verbatim;
        this.mac = mac;
    }

    /** The header as it came. */
    String verbatim() {
        return verbatim;
    }

    /** Takes the same time wherever the two differ. */
    boolean is(byte[] expected) {
        return MessageDigest.isEqual(expected, mac);
    }

    /** Hides it: whoever has it and the body may send them again. */
    @Override
    public String toString() {
        return "Signature[***]";
    }
}

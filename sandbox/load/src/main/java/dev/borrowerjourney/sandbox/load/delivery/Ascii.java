package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Writes values of fixed width into bytes. */
final class Ascii {

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private Ascii() {}

    static void text(byte[] into, int at, byte[] text) {
        System.arraycopy(text, 0, into, at, text.length);
    }

    static void decimal(byte[] into, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static void hex(byte[] into, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            into[i] = HEX[(int) rest & 15];
            rest >>>= 4;
        }
    }

    /** A UUID of version 4 as far as its form goes. */
    static void uuid(byte[] into, int at, long random) {
        hex(into, at, 8, random >>> 32);
        into[at + 8] = '-';
        hex(into, at + 9, 4, random >>> 16);
        into[at + 13] = '-';
        hex(into, at + 14, 4, 0x4000 | (random & 0xfff));
        into[at + 18] = '-';
        hex(into, at + 19, 4, 0x8000 | (random >>> 12 & 0x3fff));
        into[at + 23] = '-';
        hex(into, at + 24, 12, Mix.of(random));
    }
}

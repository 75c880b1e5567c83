package dev.borrowerjourney.sandbox.platform.fault;

/** A number that looks drawn, and is computed: a hash of what it is drawn for. */
final class Draw {

    private static final double STEPS = 1L << 53;

    private Draw() {}

    /** From 0 (included) to 1 (not included). */
    static double of(long seed, String purpose, String identity) {
        long hash = mixed(seed);
        String text = purpose + '\n' + identity;
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash ^ text.charAt(i));
        }
        return (hash >>> 11) / STEPS;
    }

    /** The finalizer of SplitMix64: every bit of the input changes about half of the output's. */
    private static long mixed(long bits) {
        long mixed = bits + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
